/** What keys do on the spectrum. */
import type { MeasuredPeak } from "@sigma-eds/core";
import { movedInto, zoomedRange } from "./plot-geometry.js";
import type { SpectrumPicture } from "./spectrum-picture.js";
import type { SpectrumSpec } from "./spectrum-spec.js";

export interface KeyPressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export type SpectrumKeyAct =
  | { readonly act: "range"; readonly range: readonly [number, number] | undefined }
  | { readonly act: "cursor"; readonly kev: number }
  | { readonly act: "peak"; readonly peak: MeasuredPeak }
  | { readonly act: "candidates" }
  | { readonly act: "spec"; readonly spec: Partial<SpectrumSpec> }
  | { readonly act: "pin" }
  | { readonly act: "elements" };

const nextScale = { linear: "sqrt", sqrt: "log", log: "linear" } as const;
const nextComparison = { none: "difference", difference: "ratio", ratio: "none" } as const;

/** The act of a key, or undefined where the key means nothing here. `cursorKev` is where the cursor is. */
export function spectrumKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyPressed,
  picture: SpectrumPicture,
  spec: SpectrumSpec,
  cursorKev: number | undefined,
  peaks: readonly MeasuredPeak[],
): SpectrumKeyAct | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const { plot, limits, axis } = picture;
  const range = [plot.fromKev, plot.toKev] as const;
  const middle = (plot.fromKev + plot.toKev) / 2;
  const cursor = cursorKev ?? middle;
  const moved = (channels: number): SpectrumKeyAct => ({
    act: "cursor",
    kev: Math.min(limits[1], Math.max(limits[0], cursor + channels * axis.scale * (shiftKey ? 10 : 1))),
  });
  switch (key) {
    case "ArrowLeft":
      return moved(-1);
    case "ArrowRight":
      return moved(1);
    case "ArrowUp":
      return nextPeak(peaks.filter(({ energyKev }) => energyKev > cursor + 0.005)[0]);
    case "ArrowDown":
      return nextPeak(peaks.filter(({ energyKev }) => energyKev < cursor - 0.005).at(-1));
    case "Enter":
      return { act: "candidates" };
    case "Home":
    case "0":
      return { act: "range", range: undefined };
    case "+":
      return { act: "range", range: zoomedRange(range, cursor, 0.7, limits) };
    case "-":
    case "−":
      return { act: "range", range: zoomedRange(range, cursor, 1 / 0.7, limits) };
    case "PageUp":
      return {
        act: "range",
        range: movedInto([range[0] + (range[1] - range[0]) / 2, range[1] + (range[1] - range[0]) / 2], limits),
      };
    case "PageDown":
      return {
        act: "range",
        range: movedInto([range[0] - (range[1] - range[0]) / 2, range[1] - (range[1] - range[0]) / 2], limits),
      };
    case "y":
      return { act: "spec", spec: { scale: nextScale[spec.scale] } };
    case "t":
      return { act: "spec", spec: { comparison: nextComparison[spec.comparison] } };
    case "p":
      return { act: "pin" };
    case "e":
      return { act: "elements" };
    default:
      return undefined;
  }
}

function nextPeak(peak: MeasuredPeak | undefined): SpectrumKeyAct | undefined {
  return peak === undefined ? undefined : { act: "peak", peak };
}
