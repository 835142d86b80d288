import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { collectCounts } from "../../spectrum-image/counts.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";

import { dataNote, expectedSignals, expectSameCounts, expectSameEnergies, realFileInFolder } from "../real-files.test-support.js";
import { spxFormat } from "./spx-format.js";

const { open } = await spxFormat.reader();

const spectrum = (channels: string, name = "Grain 1") => `<ClassInstance Type="TRTSpectrum" Name="${name}">
  <TRTHeaderedClass>
    <ClassInstance Type="TRTSpectrumHardwareHeader"><RealTime>7575</RealTime><LifeTime>7385</LifeTime></ClassInstance>
    <ClassInstance Type="TRTDetectorHeader"><Type>XFlash\u00b5</Type></ClassInstance>
    <ClassInstance Type="TRTESMAHeader"><PrimaryEnergy>1,5E1</PrimaryEnergy><ElevationAngle>3.5E1</ElevationAngle><AzimutAngle>45</AzimutAngle></ClassInstance>
  </TRTHeaderedClass>
  <ClassInstance Type="TRTSpectrumHeader">
    <Date>2.3.2018</Date><Time>13:53:4</Time><ChannelCount>4</ChannelCount><CalibAbs>-4.8E-1</CalibAbs><CalibLin>5E-3</CalibLin>
    <SigmaAbs>3.5E-4</SigmaAbs><SigmaLin>4.2E-4</SigmaLin>
  </ClassInstance>
  <Channels>${channels}</Channels>
  <ClassInstance Type="TRTPSEElementList"><ChildClassInstances>
    <ClassInstance Type="TRTPSEElement" Name="Si"/><ClassInstance Type="TRTPSEElement" Name="O"/><ClassInstance Type="TRTPSEElement" Name="Xx"/>
  </ChildClassInstances></ClassInstance>
</ClassInstance>`;

function file(...spectra: string[]) {
  const text = `<?xml version="1.0" encoding="WINDOWS-1252"?><TRTSpectrum><RTHeader/>${spectra.join("")}</TRTSpectrum>`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

describe("what a .spx file says", () => {
  test("counts, calibration, times, detector, voltage, elements", async () => {
    const { datasets } = await open(bytesInMemory("a.spx", file(spectrum("0,3,0,70000"))));
    const { counts, energyAxis, metadata, loadReport, title } = datasets[0]!;
    expect(title).toBe("Grain 1");
    const { stored } = await collectCounts(counts);
    expect([stored[0]!.channel, stored[0]!.count]).toEqual([Uint16Array.of(1, 3), Uint32Array.of(3, 70000)]);
    expect(energyAxis).toEqual({ name: "energy", size: 4, offset: -0.48, scale: 0.005, units: "keV" });
    expect(metadata).toMatchObject({
      beamEnergyKev: 15,
      elements: ["O", "Si"],
      acquiredAt: "2018-03-02T13:53:04",
      detector: { type: "XFlash\u00b5", elevationAngleDeg: 35, azimuthAngleDeg: 45, liveTimeS: 7.385, realTimeS: 7.575 },
    });
    expect(metadata.detector.resolutionEv).toBeCloseTo(2354.82 * Math.sqrt(3.5e-4 + 4.2e-4 * 5.8987), 2);
    expect(loadReport.findings.map(({ code }) => code)).toEqual(["zero-peak"]);
  });

  test("several spectra, and fewer channels than announced", async () => {
    const { datasets } = await open(bytesInMemory("a.spx", file(spectrum("1,2,3,4"), spectrum("5,6,", "B"))));
    expect(datasets.map(({ title, counts }) => [title, counts.channels])).toEqual([
      ["Grain 1", 4],
      ["B", 2],
    ]);
    expect(datasets[1]!.loadReport.findings.map(({ code }) => code)).toContain("channel-count");
  });

  test("values that are no counts are intensities; words are errors", async () => {
    const kind = async (channels: string) =>
      (await open(bytesInMemory("a.spx", file(spectrum(channels))))).datasets[0]!.counts.kind;
    expect(await kind("1,2.5,-3,4")).toBe("intensity");
    await expect(kind("1,two,3,4")).rejects.toMatchObject({
      tag: "format",
      facts: { field: "Channels, number 1", found: '"two"' },
    });
    await expect(kind("")).rejects.toMatchObject({ tag: "unsupported" });
  });

  test("a document without spectra is no .spx file", async () => {
    await expect(open(bytesInMemory("a.spx", file()))).rejects.toMatchObject({ tag: "format" });
    expect(spxFormat.detect(file(spectrum("1")), "a.spx")).toBe("yes");
    expect(spxFormat.detect(new TextEncoder().encode("<TRTSpectrumDatabase>"), "a.spx")).toBe("no");
  });

  test("any damage gives a result or a typed error", async () => {
    await expectSoundUnderDamage(spxFormat, "a.spx", file(spectrum("0,3,0,70000")), { runs: 200, headerBytes: 2000 });
  });
});

const files = expectedSignals("spx/");
describe(`real .spx files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, [signal]]) => {
    const { datasets } = await open(realFileInFolder(path));
    expect(datasets.length).toBe(1);
    const { metadata } = datasets[0]!;
    await expectSameCounts(datasets[0]!, signal!);
    expectSameEnergies(datasets[0]!, signal!);
    expect(metadata.beamEnergyKev).toBe(signal!.beam_energy);
    expect(metadata.elements).toEqual([...(signal!.elements ?? [])].sort());
    expect(metadata.detector).toMatchObject({
      type: signal!.eds!["detector_type"],
      elevationAngleDeg: signal!.eds!["elevation_angle"],
      azimuthAngleDeg: signal!.eds!["azimuth_angle"],
      liveTimeS: signal!.eds!["live_time"],
      realTimeS: signal!.eds!["real_time"],
    });
  });
});
