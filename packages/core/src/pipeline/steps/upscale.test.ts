import { describe, expect, it } from "vitest";
import { RecipeError } from "../../errors.js";
import { imageOfMaps } from "../../formats/images/image-of-maps.js";
import { mapSetOf } from "../../formats/images/open-maps.js";
import { randomStream } from "../../kernels/random.js";
import { resultFiles } from "../../report/result-files.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";

const [width, height] = [24, 16];
/** A disc of iron, brighter for electrons than the ground around it. `zoom` pixels per map pixel; the centre may be moved. */
const disc =
  (zoom: number, shift = 0) =>
  (_: unknown, i: number) => {
    const [x, y] = [(i % (width * zoom)) + 0.5, Math.floor(i / (width * zoom)) + 0.5];
    return Math.hypot(x / zoom - 10 - shift, y / zoom - 8) < 5.5;
  };
const electrons = (name: string, zoom: number, shift = 0): NavigationImage => ({
  name,
  width: width * zoom,
  height: height * zoom,
  data: Uint8Array.from(Array.from({ length: width * height * zoom * zoom }, disc(zoom, shift)), (inside) => (inside ? 200 : 80)),
  pixelSizeUm: undefined,
});

function specimen(...images: NavigationImage[]) {
  const stream = randomStream(1, "upscale");
  const map = (name: string, inside: number, outside: number): NavigationImage => ({
    ...electrons(name, 1),
    data: Uint16Array.from(Array.from({ length: width * height }, disc(1)), (iron) => stream.poisson(iron ? inside : outside)),
  });
  return { ...imageOfMaps(mapSetOf([map("Fe", 80, 4), map("Si", 3, 40)]), "disc"), images };
}

const chain = [
  { step: "elements" },
  { step: "features" },
  { step: "cluster", method: "gaussian-mixture", on: "features", nComponents: 2 },
  { step: "spectra" },
];
const run = async (image: ReturnType<typeof specimen>, step: object) =>
  (await runRecipe(image, parseRecipe({ schemaVersion: 1, steps: [...chain, { step: "upscale", ...step }] }), {})).analysis;

describe("step upscale", () => {
  it("gives masks of the size of the picture that agree with it, and files of them", async () => {
    const analysis = await run(specimen(electrons("BSE", 4), electrons("own BSE", 1)), { image: "BSE" });
    const { upscaled, classes } = analysis;
    expect(upscaled).toMatchObject({ width: 96, height: 64, zoom: [4, 4], method: "smooth" });
    const iron = classes.find(({ name }) => name.startsWith("Fe"))!.id;
    const truth = Array.from({ length: 96 * 64 }, disc(4));
    const rightIn = (labels: Int32Array) => truth.filter((inside, i) => inside === (labels[i] === iron)).length / truth.length;
    const nearest = await run(specimen(electrons("BSE", 4)), { image: "BSE", method: "nearest" });
    expect(rightIn(nearest.upscaled!.labels)).toBeGreaterThan(0.96);
    expect(rightIn(upscaled!.labels)).toBeGreaterThan(rightIn(nearest.upscaled!.labels));
    expect(upscaled!.registration).toMatchObject({ reference: "own BSE", bestShift: [0, 0] });
    expect(upscaled!.registration.correlation).toBeGreaterThan(0.95);
    expect(analysis.warnings).toEqual([]);
    const context = { inputName: "d", inputSha256: "", recipe: { seed: 0, steps: [] }, recipeSha256: "", programVersion: "0" };
    const paths = [...resultFiles(analysis, context)].map(({ path }) => path).filter((path) => path.startsWith("masks-highres"));
    expect(paths).toEqual(["labels.npy", "labels.tif", "class-0.tif", "class-1.tif"].map((name) => `masks-highres/${name}`));
  });

  it("warns of a picture of another field, of one that is moved, and of sizes that do not go into each other", async () => {
    const noise = randomStream(2, "noise");
    const other = { ...electrons("other", 2), data: Uint8Array.from({ length: 4 * width * height }, () => noise.poisson(90)) };
    expect((await run(specimen(other), { image: "other" })).warnings.join()).toMatch(
      /other hardly agrees with the map \(correlation with the counts of the map -?0\.\d/,
    );
    const moved = await run(specimen(electrons("moved", 3, 2)), { image: "moved", method: "nearest" });
    expect(moved.upscaled!.registration.bestShift).toEqual([2, 0]);
    expect(moved.warnings.join()).toMatch(/moved by -2 pixels of the map to the right/);
    const odd = electrons("odd", 2);
    const cut = { ...odd, width: 47, data: odd.data.filter((_, i) => i % 48 < 47) };
    expect((await run(specimen(cut), { image: "odd" })).warnings.join()).toMatch(/1\.958 and 2 pixels per pixel/);
  });

  it("refuses a picture of another shape and one that is coarser", async () => {
    const tall = { ...electrons("tall", 2), width: 2 * height, height: 2 * width };
    await expect(run(specimen(tall), { image: "tall" })).rejects.toThrow(RecipeError);
    const coarse = { ...electrons("coarse", 1), width: 12, height: 8, data: new Uint8Array(96) };
    await expect(run(specimen(coarse), { image: "coarse" })).rejects.toThrow(/coarser/);
  });
});
