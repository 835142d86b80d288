/** The likelihood by a kernel: the bits of `reference-likelihood.ts`, sooner. */
import { pixelLikelihoodProgram } from "../../../kernels/generated/pixel-likelihood.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { byChannel, type PixelLikelihood, placeBetween, reachedBy, totalsOf } from "./pixel-likelihood.js";
import { referenceLikelihood } from "./reference-likelihood.js";

/** Words of a `Pixel` of the kernel, and of them the one with the number of filled channels. */
const PIXEL_WORDS = 14;
const FILLED_WORD = 2;
/** Constants of its logarithm. */
const CONSTANTS = 15;

type LikelihoodKernel = "prepare" | "take" | "loss" | "derivatives" | "expectationStep";

/** The quickest that this host has. */
export async function quickestLikelihood(endmembers: readonly Float64Array[]): Promise<PixelLikelihood> {
  return (await kernelLikelihood(endmembers)) ?? referenceLikelihood(endmembers);
}

/** Undefined where the host has no kernels or not so much memory in one piece. */
export async function kernelLikelihood(endmembers: readonly Float64Array[]): Promise<PixelLikelihood | undefined> {
  const k = endmembers.length;
  const stride = k + (k & 1);
  const channels = endmembers[0]?.length ?? 0;
  const room = channels + (channels & 1);
  const plan = {
    pixel: ["int32", PIXEL_WORDS],
    spectra: ["float64", channels * stride],
    totals: ["float64", k],
    channels: ["int32", room],
    counts: ["float64", room],
    rows: ["float64", room * stride],
    columns: ["float64", k * room],
    point: ["float64", stride],
    gradient: ["float64", stride],
    hessian: ["float64", k * stride],
    constants: ["float64", CONSTANTS],
  } as const;
  const module = await kernelModule(pixelLikelihoodProgram, false);
  const placed = module && kernelMemory(plan, false);
  if (module === undefined || placed === undefined) return undefined;
  const { memory, arrays } = placed;
  const { pixel, ...others } = arrays;
  pixel.set([k, stride, 0, room, ...Object.values(others).map(({ byteOffset }) => byteOffset)]);
  arrays.spectra.set(byChannel(endmembers, stride));
  arrays.totals.set(totalsOf(endmembers));
  const kernel = await startKernel<LikelihoodKernel>(module, memory);
  const at = pixel.byteOffset;
  kernel.prepare(at);
  const reached = reachedBy(endmembers);
  const { channels: filledChannels, counts, point, gradient: slopes, hessian: bends } = arrays;
  return {
    take(channel, count, from, to) {
      let filled = 0;
      let sum = 0;
      for (let i = from; i < to; i++) {
        if (reached[channel[i]!] === 0) continue;
        filledChannels[filled] = channel[i]!;
        counts[filled] = count[i]!;
        filled += 1;
        sum += count[i]!;
      }
      pixel[FILLED_WORD] = filled;
      kernel.take(at);
      return sum;
    },
    loss(a, target = a, share = 0) {
      placeBetween(a, target, share, point);
      return kernel.loss(at);
    },
    derivatives(a, gradient, hessian) {
      point.set(a);
      kernel.derivatives(at);
      for (let j = 0; j < k; j++) {
        gradient[j] = slopes[j]!;
        for (let l = 0; l <= j; l++) {
          hessian[j * k + l] = bends[j * stride + l]!;
          hessian[l * k + j] = bends[j * stride + l]!;
        }
      }
    },
    expectationStep(a) {
      point.set(a);
      kernel.expectationStep(at);
      for (let j = 0; j < k; j++) a[j] = point[j]!;
    },
  };
}
