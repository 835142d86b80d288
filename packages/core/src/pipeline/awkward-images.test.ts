/** Images of which the preset `auto` could say less than usual, and still says what it can. */
import { expect, test } from "vitest";
import { adjustedRandIndex } from "../algorithms/score/adjusted-rand-index.js";
import { DataCheckError } from "../errors.js";
import { makePhantom } from "../phantom/phantom.js";
import { countsFromDense } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { identityFrom } from "./identified-classes.js";
import { presetRecipe } from "./presets.js";
import { runRecipe } from "./run-recipe.js";

const auto = presetRecipe("auto");

async function small(): Promise<Awaited<ReturnType<typeof makePhantom>>> {
  return makePhantom({ width: 44, height: 36, particles: 8, countsPerPixel: 150, channels: 512, channelWidthEv: 20, seed: 3 });
}

function without(image: SpectrumImage, changes: Partial<SpectrumImage>): SpectrumImage {
  return { ...image, metadata: { ...image.metadata, elements: [] }, ...changes };
}

test("without energies phases are found all the same, without names of elements, on bands of channels", async () => {
  const { image, truth } = await small();
  const { offset: _, scale: __, ...axis } = image.energyAxis;
  const blind = without(image, { energyAxis: { ...axis, offset: undefined, scale: undefined, units: undefined } });
  const { analysis } = await runRecipe(blind, auto);
  expect(adjustedRandIndex(analysis.labels!, Int32Array.from(truth.labels))).toBeGreaterThan(0.85);
  expect(analysis.features!.lines).toHaveLength(12);
  expect(analysis.features!.lines[0]).toMatch(/^channels 0-\d+$/);
  expect(analysis.latent!.data.every(Number.isFinite)).toBe(true);
  expect(analysis.classes[0]!.name).toBe("Class 1");
  expect(analysis.warnings.join(" ")).toMatch(/12 bands of energy/);
  expect(analysis.warnings.join(" ")).toMatch(/not calibrated/);
});

test("where no line is known, bands of energy are the features", async () => {
  const { image } = await small();
  const steps = auto.steps.filter(({ step }) => !["elements", "identify"].includes(step));
  const { analysis } = await runRecipe(without(image, {}), { ...auto, steps });
  expect(analysis.lines).toEqual([]);
  expect(analysis.features!.lines.every((name) => /^\d+\.\d\d-\d+\.\d\d keV$/.test(name))).toBe(true);
  expect(analysis.classes.length).toBeGreaterThan(1);
});

test("a single spectrum is one class, and is identified", async () => {
  const { image } = await small();
  const dense = new Float64Array(image.counts.channels);
  for await (const block of image.counts.blocks()) {
    for (let i = 0; i < block.channel.length; i++) dense[block.channel[i]!]! += block.count[i]!;
  }
  const spectrum = without(image, { counts: countsFromDense([], dense.length, dense), navigationAxes: [] });
  const { analysis } = await runRecipe(spectrum, auto);
  expect([...analysis.labels!]).toEqual([0]);
  expect(analysis.classes).toHaveLength(1);
  expect(analysis.identities![0]!.elements.map(({ element }) => element)).toContain("O");
});

test("a class to which no lines can be fitted stays without a name and says so; other failures are told", () => {
  const facts = { pixels: 3, counts: 5000, pure: true };
  const refused = () => {
    throw new DataCheckError("The lines cannot be fitted.");
  };
  const { identity, found } = identityFrom(2, facts, 1000, refused);
  expect(found).toBeUndefined();
  expect(identity).toMatchObject({ id: 2, ...facts, name: undefined, verdict: "none", shown: [], elements: [] });
  expect(identity.sentence).toMatch(/No lines can be fitted/);
  const broken = () => {
    throw new TypeError("a defect");
  };
  expect(() => identityFrom(2, facts, 1000, broken)).toThrow(TypeError);
  expect(identityFrom(2, { ...facts, counts: 10 }, 1000, broken).identity.verdict).toBe("too few counts");
});
