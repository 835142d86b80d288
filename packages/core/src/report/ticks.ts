/** Axes: round numbers to mark, and where a value lies. */
import { log } from "../kernels/math.js";
import { withDecimalSign } from "../numbers.js";

export interface Tick {
  readonly value: number;
  /** Empty for a tick without a label. */
  readonly label: string;
}

export type IntensityScaleName = "linear" | "sqrt" | "log";

/** An axis of intensity. */
export interface IntensityScale {
  /** 0 at the bottom to 1 at the top; values below the range sit on the bottom. */
  position(value: number): number;
  readonly ticks: readonly Tick[];
}

/** Multiples of 1, 2 or 5 times a power of ten from `from` to `to`, about `most` steps. */
export function roundSteps(from: number, to: number, most: number): number[] {
  const step = roundStep((to - from) / Math.max(1, most));
  const steps: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) steps.push(Number((i * step).toPrecision(12)));
  return steps;
}

/** The finer steps between those of `roundSteps`: 4, 3 or 4 between two of them, so that each is round, too. */
export function minorSteps(from: number, to: number, most: number): number[] {
  const step = roundStep((to - from) / Math.max(1, most));
  const parts = step.toExponential().startsWith("2") ? 4 : 5;
  const steps: number[] = [];
  for (let i = Math.ceil((from / step) * parts - 1e-9); (i * step) / parts <= to + step * 1e-9; i++)
    if (i % parts !== 0) steps.push(Number(((i * step) / parts).toPrecision(12)));
  return steps;
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `value`. */
export function roundStep(value: number): number {
  const exponent = Number(value.toExponential(12).split("e")[1]);
  for (const factor of [1, 2, 5]) {
    if (Number(`${factor}e${exponent}`) >= value * (1 - 1e-12)) return Number(`${factor}e${exponent}`);
  }
  return Number(`1e${exponent + 1}`);
}

/** A scale from `floor` (log) or 0 (linear, square root) to `top`. */
export function intensityScale(name: IntensityScaleName, floor: number, top: number): IntensityScale {
  if (name === "log") return logScale(floor, top);
  const position = (value: number): number => {
    const share = Math.min(1, Math.max(0, value / top));
    return name === "sqrt" ? Math.sqrt(share) : share;
  };
  const steps = name === "linear" ? roundSteps(0, top, 5) : sqrtSteps(top);
  return { position, ticks: steps.map((value) => ({ value, label: plainNumber(value) })) };
}

function logScale(floor: number, top: number): IntensityScale {
  const low = log(floor);
  const span = log(top) - low;
  const ticks: Tick[] = [];
  const first = Math.floor(log(floor) / Math.LN10 - 1e-9);
  for (let exponent = first; Number(`1e${exponent}`) <= top; exponent++) {
    for (let factor = 1; factor < 10; factor++) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= floor * 0.9999 && value <= top) ticks.push({ value, label: factor === 1 ? plainNumber(value) : "" });
    }
  }
  return { position: (value) => (value > floor ? Math.min(1, (log(value) - low) / span) : 0), ticks };
}

/** Of the height, between two numbers under a square root. */
const LEAST_SHARE_BETWEEN = 0.13;

/** 0, and 1, 2 and 5 times powers of ten as long as they do not meet under the square root. */
function sqrtSteps(top: number): number[] {
  const highest = Number(top.toExponential().split("e")[1]);
  const steps: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const exponent of [highest, highest - 1, highest - 2]) {
    for (const factor of [5, 2, 1]) {
      const value = Number(`${factor}e${exponent}`);
      const share = Math.sqrt(value / top);
      if (value > top || share < LEAST_SHARE_BETWEEN || last - share < LEAST_SHARE_BETWEEN) continue;
      steps.push(value);
      last = share;
    }
  }
  return [0, ...steps.toReversed()];
}

function plainNumber(value: number): string {
  if (value === 0) return "0";
  return value < 1e-4 || value >= 1e5
    ? value
        .toExponential(0)
        .replace("e", "·10")
        .replace("+", "")
        .replace(/10(-?\d+)$/, superscript)
    : withDecimalSign(String(value));
}

function superscript(_: string, exponent: string): string {
  return `10${Array.from(exponent, (digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!)).join("")}`;
}
