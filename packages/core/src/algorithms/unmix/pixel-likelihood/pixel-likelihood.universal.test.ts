import { describe, expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { poissonSolver } from "../poisson-abundances.js";
import { kernelLikelihood } from "./kernel-likelihood.js";
import type { PixelLikelihood } from "./pixel-likelihood.js";
import { referenceLikelihood } from "./reference-likelihood.js";

const CHANNELS = 60;

/** Spectra of which some channels hold nothing, one a number with few bits; channel 7 is reached by none. */
function endmembersOf(k: number): Float64Array[] {
  const random = randomStream(6, "likelihood");
  return Array.from({ length: k }, (_, j) =>
    Float64Array.from({ length: CHANNELS }, (__, c) => (c === 7 || (c + j) % 5 === 0 ? 0 : c === 9 ? 5e-310 : random.uniform())),
  );
}

function pixelOf(filled: number) {
  const random = randomStream(filled, "likelihood-pixel");
  const channel = Uint16Array.from({ length: filled }, (_, i) => Math.floor((i * CHANNELS) / filled));
  return { channel, count: Float64Array.from(channel, () => 1 + random.integer(9)) };
}

function everything(likelihood: PixelLikelihood, k: number, filled: number) {
  const { channel, count } = pixelOf(filled);
  const sum = likelihood.take(channel, count, 0, filled);
  const a = Float64Array.from({ length: k }, (_, j) => 1 + j / 3);
  const [gradient, hessian] = [new Float64Array(k), new Float64Array(k * k)];
  likelihood.derivatives(a, gradient, hessian);
  const none = new Float64Array(k);
  const losses = [likelihood.loss(a), likelihood.loss(a, none, 0.25), likelihood.loss(a, none, 1)];
  likelihood.expectationStep(a);
  return { sum, gradient, hessian, losses, a };
}

describe("likelihood of a pixel", () => {
  it.each([1, 2, 3, 6, 7].flatMap((k) => [1, 2, 31, 60].map((filled) => ({ k, filled }))))(
    "has as a kernel the bits of plain TypeScript: $k endmembers, $filled channels",
    async ({ k, filled }) => {
      const endmembers = endmembersOf(k);
      const kernel = await kernelLikelihood(endmembers);
      expect(kernel).toBeDefined();
      expect(everything(kernel!, k, filled)).toEqual(everything(referenceLikelihood(endmembers), k, filled));
    },
  );

  it("leads to the same abundances, pixel after pixel", async () => {
    const endmembers = endmembersOf(4);
    const solvers = [poissonSolver(endmembers), poissonSolver(endmembers, (await kernelLikelihood(endmembers))!)];
    for (const filled of [60, 5, 31, 0, 12]) {
      const { channel, count } = pixelOf(filled);
      const [plain, quick] = solvers.map((solver) => {
        const own = new Float64Array(4);
        solver.solve(channel, count, 0, filled, own);
        return own;
      });
      expect(quick).toEqual(plain);
    }
  });
});
