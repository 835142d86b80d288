import { type ElementFitOptions, elementFit } from "./element-fit.js";

/** How the peaks of a spectrum really are: their width (stated at Mn Ka) and how far they lie from where the axis puts them. */
export interface PeakShape {
  readonly resolutionEv: number;
  readonly shiftKev: number;
}

const WIDER_EV = [-12, -8, -4, 0, 4, 8, 12, 16, 20, 26, 32];
const SHIFTS_KEV = [-0.012, -0.009, -0.006, -0.003, 0, 0.003, 0.006, 0.009, 0.012];

/**
 * Width and shift for which the elements that stand out at first fit the sum spectrum best, from a grid: width, shift, and width again. Files
 * state both only roughly, and a peak that is a little wider than assumed looks like two small ones at its sides.
 */
export async function fittedShape(
  elements: readonly string[],
  spectrum: Float64Array,
  options: ElementFitOptions,
  breath: () => Promise<void>,
): Promise<PeakShape> {
  const evident = elementFit(elements, options).of(spectrum);
  const main = evident
    .filter(({ sigma, share }) => sigma >= 2 * options.significance && share > 0.5)
    .map(({ element }) => element);
  let shape: PeakShape = { resolutionEv: options.resolutionEv, shiftKev: options.shiftKev ?? 0 };
  if (main.length === 0) return shape;
  const best = async (shapes: readonly PeakShape[]): Promise<PeakShape> => {
    let found = shape;
    let smallest = Number.POSITIVE_INFINITY;
    for (const candidate of shapes) {
      await breath();
      const misfit = elementFit(main, { ...options, ...candidate, widthsEv: options.resolutionEv }).misfit(spectrum);
      if (misfit < smallest) {
        smallest = misfit;
        found = candidate;
      }
    }
    return found;
  };
  const widths = () => WIDER_EV.map((wider) => ({ ...shape, resolutionEv: Math.max(60, options.resolutionEv + wider) }));
  shape = await best(widths());
  shape = await best(SHIFTS_KEV.map((shiftKev) => ({ ...shape, shiftKev })));
  return best(widths());
}
