/** Axes of a histogram: its values, and how many there are of each. */
import { exp, log } from "../kernels/math.js";
import { roundSteps } from "./ticks.js";

export type ValueScale = "linear" | "log";

export interface ValueAxis {
  /** 0 at the lower end to 1 at the upper one. */
  share(value: number): number;
  /** The value at a share; what `share` undoes. */
  value(share: number): number;
  /** Round values from end to end. */
  readonly ticks: readonly number[];
}

/** An axis with about `most` ticks; a logarithmic one must begin above 0. */
export function valueAxis(scale: ValueScale, from: number, to: number, most: number): ValueAxis {
  if (scale === "linear") {
    const span = to - from || 1;
    return { share: (value) => (value - from) / span, value: (share) => from + share * span, ticks: roundSteps(from, to, most) };
  }
  const [least, span] = [log(from), log(to) - log(from) || 1];
  return {
    share: (value) => (log(value) - least) / span,
    value: (share) => exp(least + share * span),
    ticks: logSteps(from, to, most),
  };
}

/** Of an axis of counts: least distance of its ticks under square roots. */
const LEAST_STEP = 0.15;

/** An axis of counts from 0 to `most`; its ticks are whole numbers. */
export function countAxis(heights: "linear" | "sqrt", most: number): Pick<ValueAxis, "share" | "ticks"> {
  const top = Math.max(1, most);
  if (heights === "linear") return { share: (count) => count / top, ticks: roundSteps(0, top, 4).filter(Number.isInteger) };
  const share = (count: number): number => Math.sqrt(count / top);
  const ticks: number[] = [];
  for (const count of decadeSteps(1, top, [1, 2, 5], 1).reverse())
    if (share(count) >= LEAST_STEP && (ticks[0] === undefined || share(ticks[0]) - share(count) >= LEAST_STEP))
      ticks.unshift(count);
  return { share, ticks: [0, ...ticks] };
}

const PER_DECADE = [[1, 2, 5], [1]] as const;

/** 1, 2 and 5 times each power of ten where no more than `most` of them lie between the ends, else powers of ten, every second one, every third. */
function logSteps(from: number, to: number, most: number): number[] {
  for (const factors of PER_DECADE) {
    const steps = decadeSteps(from, to, factors, 1);
    if (steps.length > most) continue;
    // Less than a decade: round values say more.
    return steps.length < 3 && factors.length > 1 ? roundSteps(from, to, most) : steps;
  }
  let every = 2;
  while (decadeSteps(from, to, [1], every).length > most) every += 1;
  return decadeSteps(from, to, [1], every);
}

function decadeSteps(from: number, to: number, factors: readonly number[], every: number): number[] {
  const first = Number(from.toExponential(12).split("e")[1]);
  const steps: number[] = [];
  for (let exponent = Math.floor(first / every) * every; Number(`1e${exponent}`) <= to; exponent += every) {
    for (const factor of factors) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= from * (1 - 1e-12) && value <= to * (1 + 1e-12)) steps.push(value);
    }
  }
  return steps;
}
