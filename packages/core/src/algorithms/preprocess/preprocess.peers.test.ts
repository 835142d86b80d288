/** Feature maps and their treatment against plain numpy formulas. */
import { describe, expect, it } from "vitest";
import { lineNamed } from "../../xray/line-names.js";
import { askPython, noPeers, peersNote } from "../ask-python.test-support.js";
import { parseParameters } from "../parameters.js";
import { featureMaps } from "./feature-maps.js";
import { energyAxis, noisyImage, spectrumOf } from "./synthetic-image.test-support.js";
import { treatFeatures } from "./treat-features.js";

const lines = ["O_Ka", "Al_Ka", "Si_Ka", "Fe_Ka"];
const [width, height] = [14, 9];
const image = noisyImage(width, height, (x) => spectrumOf({ O: 30, Al: x, Si: 40 - x, Fe: 2 * x }, 100));

async function denseCounts(): Promise<number[]> {
  const dense = new Array<number>(width * height * energyAxis.size).fill(0);
  for await (const { firstPixel, pixels, rowStart, channel, count } of image.counts.blocks()) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) dense[(firstPixel + p) * energyAxis.size + channel[i]!] = count[i]!;
    }
  }
  return dense;
}

describe.skipIf(noPeers)(`numpy${peersNote}`, () => {
  it("gives the same feature maps, averages, z-scores and softmax", async () => {
    const maps = await featureMaps.run(image, parseParameters(featureMaps, { lines }), { seed: 0 });
    const answer = askPython<Record<string, number[]>>(
      `
cube = np.array(given["counts"], float).reshape(given["height"], given["width"], -1)
E = np.array(given["energies"])
fwhm = np.sqrt(2.5 * (E - 5.8987) * 1000 + 130.0**2) / 1000
at = lambda e: np.round((e - given["offset"]) / given["scale"]).astype(int)
maps = np.stack([cube[..., a:b].sum(-1) for a, b in zip(at(E - fwhm), at(E + fwhm))], -1)
padded = np.pad(np.concatenate([maps, np.ones(maps.shape[:2] + (1,))], -1), ((1, 1), (1, 1), (0, 0)))
box = sum(padded[i:i + maps.shape[0], j:j + maps.shape[1]] for i in range(3) for j in range(3))
mean = box[..., :-1] / box[..., -1:]
z = (mean - mean.mean((0, 1))) / mean.std((0, 1))
soft = np.exp(z) / np.exp(z).sum(-1, keepdims=True)
answer = {"maps": maps.ravel().tolist(), "z": z.ravel().tolist(), "soft": soft.ravel().tolist()}`,
      {
        counts: await denseCounts(),
        width,
        height,
        offset: energyAxis.offset,
        scale: energyAxis.scale,
        energies: lines.map((line) => lineNamed(line).energyKev),
      },
    );
    expect([...maps.data]).toEqual(answer["maps"]);
    const treated = async (steps: string[]) =>
      (
        await treatFeatures.run({ ...maps, navigationShape: [height, width] }, parseParameters(treatFeatures, { steps }), {
          seed: 0,
        })
      ).data;
    const close = (mine: Float32Array, theirs: number[]) =>
      mine.forEach((value, i) => {
        expect(Math.abs(value - theirs[i]!)).toBeLessThan(2e-6 * Math.max(1, Math.abs(theirs[i]!)));
      });
    close(await treated(["neighbour-average", "z-score"]), answer["z"]!);
    close(await treated(["neighbour-average", "z-score", "softmax"]), answer["soft"]!);
  });
});
