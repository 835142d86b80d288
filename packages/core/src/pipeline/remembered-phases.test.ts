import { expect, test } from "vitest";
import { makePhantom } from "../phantom/phantom.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../spectrum-image/pass.js";
import { polymerWindowDetector } from "../xray/detector.js";
import { phaseLibrary } from "../xray/phases/phase-library.js";
import { type Analysis, startAnalysis } from "./analysis.js";
import { rememberedPhase, rememberedShape } from "./remembered-phases.js";
import { identify } from "./steps/identify.js";

const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, resolutionEv: 130, detector: polymerWindowDetector };

test("a spectrum is worked out once; another count, another setting or another image is worked out anew", async () => {
  const { image } = await makePhantom({ width: 30, height: 20, particles: 2, countsPerPixel: 100, seed: 5 });
  const axis = image.energyAxis as CalibratedEnergyAxis;
  const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)], {});
  const input = { spectrum, axis, conditions, library: phaseLibrary(), candidates: ["C", "O", "Si"], significance: 5 };
  const first = rememberedPhase(image.counts, "all", input);
  expect(rememberedPhase(image.counts, "all", { ...input, spectrum: spectrum.slice(), axis: { ...axis } })).toBe(first);
  expect(rememberedPhase(image.counts, "minerals", input)).not.toBe(first);
  expect(rememberedPhase(image.counts, "all", { ...input, significance: 6 })).not.toBe(first);
  const other = spectrum.slice();
  other[500]! += 1;
  expect(rememberedPhase(image.counts, "all", { ...input, spectrum: other })).not.toBe(first);
  const shape = rememberedShape(image.counts, spectrum, axis, conditions, ["C", "O"]);
  expect(rememberedShape(image.counts, spectrum, axis, conditions, ["C", "O"])).toBe(shape);
  expect(rememberedShape(image.counts, spectrum, axis, conditions, ["C", "Si"])).not.toBe(shape);
});

test("after an edit the classes that it left alone are as before, and all are as in a run that remembers nothing", async () => {
  const { image, truth } = await makePhantom({ width: 48, height: 36, particles: 8, countsPerPixel: 120, seed: 6 });
  const given = identify.schema.parse({ step: "identify" });
  const lines = ["C_Ka", "O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
  const before: Analysis = { ...startAnalysis(image), labels: Int32Array.from(truth.labels), lines };
  const first = await identify.run(before, given, { seed: 0 });
  const labels = before.labels!.map((label) => (label === 1 ? 0 : label));
  const edited = await identify.run({ ...before, labels }, given, { seed: 0 });
  const anew = await identify.run({ ...before, image: { ...image, counts: { ...image.counts } }, labels }, given, { seed: 0 });
  expect(JSON.stringify(edited.identities)).toBe(JSON.stringify(anew.identities));
  for (const identity of edited.identities!.filter(({ id }) => id > 1)) {
    expect(identity).toEqual(first.identities!.find(({ id }) => id === identity.id));
  }
});
