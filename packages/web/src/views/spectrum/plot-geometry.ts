/** Where things lie in the picture of a spectrum. All lengths are CSS pixels. */
import { type IntensityScale, type IntensityScaleName, intensityScale, roundSteps, withDecimalSign } from "@sigma-eds/core";

export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlotGeometry extends PlotBox {
  readonly width: number;
  readonly height: number;
  readonly fromKev: number;
  readonly toKev: number;
  readonly scale: IntensityScale;
  x(kev: number): number;
  kevAt(x: number): number;
  /** Zero and everything below the floor lies on the bottom. */
  y(value: number): number;
}

export interface PlotRequest {
  readonly width: number;
  readonly height: number;
  readonly range: readonly [fromKev: number, toKev: number];
  readonly scale: IntensityScaleName;
  /** Bottom of a logarithmic axis. */
  readonly floor: number;
  readonly most: number;
  /** Height of the strip below that compares, 0 without. */
  readonly strip: number;
}

export const margins = { left: 46, right: 12, names: 16, leaders: 20, axis: 24 } as const;
/** Height of the row of words above the strip that compares. */
export const CAPTION = 18;
const HEADROOM = { log: 1.6, sqrt: 1.08, linear: 1.08 } as const;

export function plotGeometry({ width, height, range, scale: name, floor, most, strip }: PlotRequest): PlotGeometry {
  const [fromKev, toKev] = range;
  const left = margins.left;
  const right = Math.max(left + 1, width - margins.right);
  const top = margins.names + margins.leaders;
  const bottom = Math.max(top + 1, height - margins.axis - strip);
  const scale = intensityScale(name, floor, Math.max(most * HEADROOM[name], name === "log" ? floor * 10 : 0));
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    fromKev,
    toKev,
    scale,
    x: (kev) => left + ((kev - fromKev) / (toKev - fromKev)) * (right - left),
    kevAt: (x) => fromKev + ((x - left) / (right - left)) * (toKev - fromKev),
    y: (value) => bottom - scale.position(value) * (bottom - top),
  };
}

export interface EnergyTick {
  readonly kev: number;
  readonly x: number;
  readonly label: string;
}

/** Round energies about every 90 px; the ones that would meet the unit at the right end stay unnamed. */
export function energyTicks({ fromKev, toKev, left, right, x }: PlotGeometry): EnergyTick[] {
  return roundSteps(fromKev, toKev, Math.max(3, Math.floor((right - left) / 90))).map((kev) => ({
    kev,
    x: x(kev),
    label: x(kev) < right - 36 ? withDecimalSign(String(kev)) : "",
  }));
}

/** The range zoomed by a factor (below 1: closer) about an energy, inside `limits` and not narrower than 0.1 keV. */
export function zoomedRange(
  [from, to]: readonly [number, number],
  about: number,
  factor: number,
  limits: readonly [number, number],
): readonly [number, number] {
  const width = Math.min(limits[1] - limits[0], Math.max(0.1, (to - from) * factor));
  const share = (about - from) / (to - from);
  return movedInto([about - share * width, about + (1 - share) * width], limits);
}

/** The range moved so that it lies within the limits. */
export function movedInto(
  [from, to]: readonly [number, number],
  [low, high]: readonly [number, number],
): readonly [number, number] {
  const width = Math.min(to - from, high - low);
  const start = Math.min(Math.max(from, low), high - width);
  return [start, start + width];
}

export interface Place {
  readonly left: number;
  readonly top: number;
}

/** Beside the peak at `x`, on the side with more room, inside the view; never over the peak itself. */
export function popoverPlace(
  x: number,
  box: PlotBox,
  size: { readonly width: number; readonly height: number },
  viewWidth: number,
): Place {
  const gap = 28;
  const right = x + gap;
  const fitsRight = right + size.width <= viewWidth - 4;
  const left = fitsRight ? right : x - gap - size.width;
  return { left: Math.max(4, Math.min(left, viewWidth - size.width - 4)), top: box.top + 6 };
}
