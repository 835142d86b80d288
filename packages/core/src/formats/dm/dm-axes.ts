/** Dimensions of an image: which one is energy, and what its indices mean. */
import type { Axis } from "../../spectrum-image/axis.js";
import { type DmTag, dmNumber, dmText, findDmTag } from "./dm-tags.js";

const lengths: Readonly<Record<string, number>> = {
  m: 1e6,
  mm: 1000,
  um: 1,
  µm: 1,
  μm: 1,
  nm: 1e-3,
  pm: 1e-6,
  Å: 1e-4,
  å: 1e-4,
  A: 1e-4,
};
const energies: Readonly<Record<string, number>> = { keV: 1, kev: 1, eV: 1e-3, ev: 1e-3, V: 1e-3 };

export interface DmDimension {
  readonly size: number;
  /** Value at index i: `(i - origin) * scale`. */
  readonly origin: number | undefined;
  readonly scale: number | undefined;
  readonly units: string;
}

/** Dimensions of an element of `ImageList`, fastest first. Calibrations may be fewer than dimensions. */
export function dimensionsOf(image: DmTag): DmDimension[] {
  const sizes = findDmTag(image, "ImageData", "Dimensions")?.children ?? [];
  const calibrations = findDmTag(image, "ImageData", "Calibrations", "Dimension");
  return sizes.map(({ value }, i) => ({
    size: typeof value === "number" ? value : 0,
    origin: dmNumber(calibrations, i, "Origin"),
    scale: dmNumber(calibrations, i, "Scale"),
    units: dmText(calibrations, i, "Units") ?? "",
  }));
}

/** Place of the energy axis among the dimensions; `undefined` for pictures and stacks of them. */
export function energyDimension(image: DmTag, dimensions: readonly DmDimension[]): number | undefined {
  const byUnits = dimensions.findIndex(({ units }) => energies[units] !== undefined);
  if (byUnits >= 0) return byUnits;
  const format = dmText(image, "ImageTags", "Meta Data", "Format");
  if (dimensions.length === 1) return 0;
  if (format === "Spectrum image" && dimensions.length === 3) return 2;
  return /^Spectrum( image)?$/.test(format ?? "") && dimensions.length === 2 ? 0 : undefined;
}

export function energyAxisOf({ size, origin, scale, units }: DmDimension): Axis {
  const toKev = energies[units];
  const known = toKev !== undefined && origin !== undefined && scale !== undefined && scale > 0;
  return {
    name: "energy",
    size,
    offset: known ? -origin * scale * toKev : undefined,
    scale: known ? scale * toKev : undefined,
    units: known ? "keV" : undefined,
  };
}

/** `place`: 0 for the fastest of the axes that are not energy. */
export function navigationAxisOf({ size, origin, scale, units }: DmDimension, place: number): Axis {
  const name = ["x", "y", "z"][place] ?? `axis-${place}`;
  const toUm = lengths[units];
  const known = toUm !== undefined && origin !== undefined && scale !== undefined && scale !== 0;
  return {
    name,
    size,
    offset: known ? 0 - origin * scale * toUm : undefined,
    scale: known ? scale * toUm : undefined,
    units: known ? "um" : undefined,
  };
}

/** Micrometres per pixel of a picture. */
export function pixelSizeOf(dimensions: readonly DmDimension[]): readonly [number, number] | undefined {
  const [x, y] = dimensions.map((dimension, i) => navigationAxisOf(dimension, i).scale);
  return x === undefined || y === undefined ? undefined : [Math.abs(x), Math.abs(y)];
}
