/** The settings of the spectrum view that are saved. */
import type { IntensityScaleName } from "@sigma-eds/core";

export type IntensityUnit = "per-pixel" | "total" | "normalised";
export type Comparison = "none" | "difference" | "ratio";
/** What is compared with: the sum of all pixels, the active class, another class by its id, or a pinned spectrum by its place. */
export type Against = "sum" | "active" | number | PinName;
export type PinName = `pin ${number}`;

export function isPinName(value: unknown): value is PinName {
  return typeof value === "string" && /^pin \d+$/.test(value);
}

/** A spectrum kept for comparison: that of a class as it is now, or counts as they were when pinned. */
export type Pin =
  | { readonly kind: "class"; readonly id: number }
  | { readonly kind: "counts"; readonly name: string; readonly pixels: number; readonly spectrum: readonly number[] };

export interface SpectrumSpec {
  readonly scale: IntensityScaleName;
  readonly unit: IntensityUnit;
  readonly sum: boolean;
  readonly maximum: boolean;
  readonly pins: readonly Pin[];
  readonly comparison: Comparison;
  readonly against: Against;
  /** Energies in view, keV; undefined: all that is worth seeing. */
  readonly range: readonly [fromKev: number, toKev: number] | undefined;
}

export const MOST_PINS = 8;

export const defaultSpectrumSpec: SpectrumSpec = {
  scale: "log",
  unit: "per-pixel",
  sum: true,
  maximum: false,
  pins: [],
  comparison: "none",
  against: "active",
  range: undefined,
};

/** Settings as saved by any version: what does not fit becomes the default. */
export function parseSpectrumSpec(saved: unknown): SpectrumSpec {
  if (typeof saved !== "object" || saved === null) return defaultSpectrumSpec;
  const given = saved as { readonly [Key in keyof SpectrumSpec]?: unknown };
  const standard = defaultSpectrumSpec;
  return {
    scale: oneOf(given.scale, ["linear", "sqrt", "log"], standard.scale),
    unit: oneOf(given.unit, ["per-pixel", "total", "normalised"], standard.unit),
    sum: typeof given.sum === "boolean" ? given.sum : standard.sum,
    maximum: typeof given.maximum === "boolean" ? given.maximum : standard.maximum,
    pins: Array.isArray(given.pins) ? given.pins.filter(isPin).slice(0, MOST_PINS) : standard.pins,
    comparison: oneOf(given.comparison, ["none", "difference", "ratio"], standard.comparison),
    against: isId(given.against) || isPinName(given.against) ? given.against : oneOf(given.against, ["sum", "active"], "active"),
    range: isRange(given.range) ? given.range : undefined,
  };
}

function oneOf<const T extends string>(value: unknown, allowed: readonly T[], standard: T): T {
  return allowed.find((candidate) => candidate === value) ?? standard;
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1];
}

function isPin(value: unknown): value is Pin {
  if (typeof value !== "object" || value === null) return false;
  const pin = value as { readonly [key: string]: unknown };
  if (pin["kind"] === "class") return isId(pin["id"]);
  const { name, pixels, spectrum } = pin;
  return (
    pin["kind"] === "counts" &&
    typeof name === "string" &&
    isId(pixels) &&
    Array.isArray(spectrum) &&
    spectrum.every(Number.isFinite)
  );
}
