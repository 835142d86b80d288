/** Small sound files of each registered format, made by the test support of the format. A new format does not compile without one. */
import { readFileSync } from "node:fs";
import { encode as encodePng } from "fast-png";
import { zipSync } from "fflate";
import jpeg from "jpeg-js";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { countsFromDense } from "../spectrum-image/counts.js";
import { bcfBytes } from "./bcf/bcf-writer.test-support.js";
import { writeDmImages } from "./dm/write-dm.test-support.js";
import { writeIpr, writeSpc, writeSpd } from "./edax/write-edax.test-support.js";
import { writeBmp } from "./images/write-bmp.test-support.js";
import { at, writeEds, writePicture, writeProject, writePts } from "./jeol/write-jeol.test-support.js";
import { writeMsa } from "./msa/write-msa.js";
import { writeNpy } from "./npy/npy.js";
import elids from "./phenom/golden/elids.json" with { type: "json" };
import type { FormatId } from "./registry.js";
import { writeRpl } from "./rpl/rpl-writer.js";
import { writeEmi, writeSer } from "./tia/write-ser.test-support.js";
import { writeTiff } from "./tiff/write-tiff.js";

const height = 5;
const width = 7;
const channels = 24;
const counts = Array.from({ length: height * width * channels }, (_, i) => ((i * 7919) % 11 < 3 ? (i % 4) + 1 : 0));
const spectrum = counts.slice(0, channels);

type Example = () => Promise<ByteSource>;

/** Each opens to at least one dataset. */
export const examples: Readonly<Record<FormatId, Example>> = {
  async bcf() {
    const packings = ["12bit", "16bit", "runs", "mixed"] as const;
    return bytesInMemory(
      "example.bcf",
      bcfBytes({ cubes: [{ height, width, channels, counts, packing: (pixel) => packings[pixel % 4]! }], compressed: true }),
    );
  },
  spx: async () => bytesInMemory("example.spx", bytesOfText(bruker(spectrum))),
  emd: async () => fixture("emd/velox.emd"),
  async tia() {
    const ser = writeSer({
      version: 0x0220,
      total: height * width,
      dimensions: [
        { size: width, offset: 0, delta: 1e-9, element: 0, description: "Position", units: "meters" },
        { size: height, offset: 0, delta: -2e-9, element: 0, description: "Position", units: "meters" },
      ],
      dataType: 3,
      width: channels,
      elements: Array.from({ length: height * width }, (_, p) => counts.slice(p * channels, (p + 1) * channels)),
      calibration: { offset: -20, delta: 10, element: 0 },
      put: (view, offset, value) => view.setUint32(offset, value, true),
    });
    return bytesInMemory("example_1.ser", ser);
  },
  edax: async () => {
    const spd = writeSpd({ width, height, channels, bytesPerCount: 2, imageName: "C:\\Example_Img.bmp", counts });
    return bytesInMemory("example.spd", spd, [
      bytesInMemory("example.spc", writeSpc({ counts: spectrum, atomicNumbers: [14, 8] })),
      bytesInMemory("example_img.ipr", writeIpr([0.5, 0.25])),
    ]);
  },
  jeol: async () => bytesInMemory("example.pts", writePts({ pixels: "4x2", words: [...sweep, ...sweep], sweeps: 2 })),
  h5oina: async () => fixture("h5oina/map-lzf.h5oina"),
  phenom: async () => bytesInMemory("example.elid", bytesOfBase64(elids.files[3]!.file)),
  dm: async () => bytesInMemory("example.dm4", digitalMicrograph(4)),
  hspy: async () => fixture("hspy/variants.hspy"),
  zspy: async () => fixture("zspy/signals.zspy"),
  async rpl() {
    const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 0.5, units: "um" });
    const files = await writeRpl({
      title: "example",
      counts: countsFromDense([height, width], channels, counts),
      navigationAxes: [axis("y", height), axis("x", width)],
      energyAxis: { name: "energy", size: channels, offset: -0.1, scale: 0.02, units: "keV" },
      images: [],
      metadata: { detector: {}, elements: [] },
      originalMetadata: {},
      loadReport: { findings: [] },
    });
    const parts = [];
    for await (const part of files.raw) parts.push(part);
    const raw = bytesInMemory("example.raw", new Uint8Array(Buffer.concat(parts)));
    return bytesInMemory("example.rpl", new TextEncoder().encode(files.rpl), [raw]);
  },
  msa: async () =>
    bytesInMemory(
      "example.msa",
      writeMsa({ title: "example", values: spectrum, energy: { offsetKev: -0.1, scaleKev: 0.02 }, beamEnergyKev: 15 }),
    ),
  images: async () => bytesInMemory("example.npy", writeNpy({ shape: [channels], data: Uint32Array.from(spectrum) })),
};

/** Further kinds of file of a format: those that take another way through its reader. They may hold pictures only. */
export const furtherExamples: Partial<Readonly<Record<FormatId, readonly Example[]>>> = {
  emd: [async () => fixture("emd/ncem.emd"), async () => fixture("emd/pruned-map.emd")],
  tia: [
    async () => {
      const description =
        "<ObjectInfo><AcquireInfo><ShapingTime>1</ShapingTime></AcquireInfo><DetectorRange><Start>0</Start></DetectorRange></ObjectInfo>";
      return bytesInMemory("example.emi", writeEmi([description]), [await examples.tia()]);
    },
  ],
  edax: [
    async () => bytesInMemory("example.spc", writeSpc({ counts: spectrum, atomicNumbers: [14, 8] })),
    async () => {
      const spd = writeSpd({ width, height, channels, bytesPerCount: 1, imageName: "Area_Img.bmp", counts });
      return bytesInMemory("area.spd", spd, [bytesInMemory("Area_Img.bmp", bitmap())]);
    },
  ],
  jeol: [
    async () => bytesInMemory("example.eds", writeEds(spectrum)),
    async () => bytesInMemory("example.map", writePicture("Fe K", 3, 2, [1, 2, 3, 4, 5, 6])),
    async () =>
      bytesInMemory("example.asw", writeProject([{ name: "View 1", files: [".\\S\\example.pts"] }]), [await examples.jeol()]),
  ],
  h5oina: [async () => fixture("h5oina/two-detectors.h5oina"), async () => fixture("h5oina/slices.h5oina")],
  phenom: [async () => bytesInMemory("older.elid", bytesOfBase64(elids.files[0]!.file))],
  dm: [async () => bytesInMemory("example.dm3", digitalMicrograph(3))],
  hspy: [async () => fixture("hspy/oldest.hdf5"), async () => fixture("hspy/phases.hspy")],
  rpl: [
    async () => {
      const lines = ["width\t4", "height\t2", "depth\t3", "data-length\t1", "data-type\tunsigned", "record-by\timage"];
      return bytesInMemory("bare.rpl", bytesOfText(lines.join("\n")), [
        bytesInMemory(
          "bare.raw",
          Uint8Array.from({ length: 24 }, (_, i) => i % 5),
        ),
        bytesInMemory("bare.txt", bytesOfText(writeMsaText([1, 2, 3]))),
        bytesInMemory("bare.par", bytesOfText("Map Width\t2.00 µm\nMap Height\t1 µm\nResolution (Width)\t4 Pixels\n")),
      ]);
    },
  ],
  images: [
    async () => bytesInMemory("Fe.tif", writeTiff({ width, height, data: picture, pixelSizeUm: [0.5, 0.5] })),
    async () => bytesInMemory("Fe.png", encodePng({ width, height, channels: 1, depth: 16, data: picture })),
    async () => {
      const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? 255 : picture[i >> 2]! % 256));
      return bytesInMemory("Fe.jpg", new Uint8Array(jpeg.encode({ width, height, data: rgba }, 90).data));
    },
    async () => bytesInMemory("BSE.bmp", bitmap()),
    async () => bytesInMemory("Fe.csv", bytesOfText("1,2,3\n4,5,6.5\n")),
    async () => bytesInMemory("map.npy", writeNpy({ shape: [height, width], data: picture })),
    async () => bytesInMemory("maps.npz", zipSync({ "Fe.npy": writeNpy({ shape: [height, width], data: picture }) })),
  ],
};

const picture = Uint16Array.from({ length: height * width }, (_, i) => (i * 7919) % 3001);

/** One whole sweep over 4 x 2 pixels. */
const sweep = [0, 2048].flatMap((y) => [
  at.y(y),
  ...[0, 1024, 2048, 3072].flatMap((x) => [at.x(x), at.xray(7 + x / 64), at.xray(3), at.xray(7 + x / 64)]),
]);

function fixture(path: string): ByteSource {
  const bytes = readFileSync(new URL(`../../../../fixtures/${path}`, import.meta.url));
  return bytesInMemory(path.split("/").at(-1)!, new Uint8Array(bytes));
}

function digitalMicrograph(version: 3 | 4): Uint8Array {
  const planes = Array.from({ length: channels * 6 }, (_, i) => counts[i]!);
  return writeDmImages(version, [
    {
      name: "EDS map",
      dataType: 10,
      data: { type: 4, values: planes },
      dimensions: [
        { size: 3, origin: 0, scale: 2, units: "nm" },
        { size: 2, origin: 0, scale: 4, units: "nm" },
        { size: channels, origin: 2, scale: 10, units: "eV" },
      ],
      tags: [["Meta Data", [["Signal", "X-ray"]]]],
    },
  ]);
}

function bruker(values: readonly number[]): string {
  return `<?xml version="1.0" encoding="WINDOWS-1252"?><TRTSpectrum><RTHeader/><ClassInstance Type="TRTSpectrum" Name="Grain">
  <TRTHeaderedClass><ClassInstance Type="TRTESMAHeader"><PrimaryEnergy>15</PrimaryEnergy></ClassInstance></TRTHeaderedClass>
  <ClassInstance Type="TRTSpectrumHeader"><ChannelCount>${values.length}</ChannelCount><CalibAbs>-0.1</CalibAbs><CalibLin>0.02</CalibLin></ClassInstance>
  <Channels>${values.join(",")}</Channels></ClassInstance></TRTSpectrum>`;
}

function bitmap(): Uint8Array {
  return writeBmp({ width, height, bits: 8, pixels: Array.from({ length: width * height }, (_, i) => (i * 37) % 256) });
}

function writeMsaText(values: readonly number[]): string {
  return new TextDecoder().decode(
    writeMsa({ title: "Sum", values, energy: { offsetKev: -0.2, scaleKev: 0.01 }, beamEnergyKev: 20 }),
  );
}

function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
