import { unassignedColour } from "../../pipeline/colours/palette.js";
import { dataUri, encodeIndexedPng } from "../png.js";
import { percentileRange } from "./contrast.js";
import { resampled, type ScalarPicture } from "./resample.js";

export interface ClassPaint {
  readonly id: number;
  /** `#rrggbb` */
  readonly colour: string;
}

/** Most levels of brightness per colour; fewer with many classes, so that all fit into 256 colours. */
const MOST_LEVELS = 24;
/** How much of the base's brightness comes through, and the limits of the factor on the colour. */
const CONTRAST = 0.9;
const DARKEST = 0.5;
const BRIGHTEST = 1.22;

/**
 * Classes as colours over a base picture, as a `data:` address. Each colour is multiplied by the brightness of the base about the class's
 * own middle, so that texture shows within grains and colours stay those of the legend. `labels` is int32 [height x width]; ids that
 * no paint names are grey.
 */
export function classPicture(
  labels: Int32Array,
  width: number,
  height: number,
  paints: readonly ClassPaint[],
  base: ScalarPicture | undefined,
): string {
  const colours = [...paints.slice(0, 254).map(({ colour }) => colour), unassignedColour];
  const slot = new Map(paints.slice(0, 254).map(({ id }, i) => [id, i]));
  const slots = Int32Array.from(labels, (label) => slot.get(label) ?? colours.length - 1);
  const levels = base === undefined ? 1 : Math.max(1, Math.min(MOST_LEVELS, Math.floor(256 / colours.length)));
  const level = base === undefined ? undefined : brightnessLevels(slots, colours.length, levels, resampled(base, width, height));
  const indices = Uint8Array.from(slots, (value, i) => value * levels + (level?.[i] ?? 0));
  return dataUri(encodeIndexedPng({ width, height, indices, palette: shaded(colours, levels) }));
}

/** A picture that is white where `inside` is true, as a `data:` address; for masks. */
export function maskPicture(labels: Int32Array, width: number, height: number, inside: (label: number) => boolean): string {
  const indices = Uint8Array.from(labels, (label) => (inside(label) ? 1 : 0));
  return dataUri(encodeIndexedPng({ width, height, indices, palette: Uint8Array.of(0, 0, 0, 255, 255, 255) }));
}

function brightnessLevels(slots: Int32Array, classes: number, levels: number, base: Float32Array): Uint8Array {
  const { from, to } = percentileRange(base, 1, 99.5);
  const bright = base.map((value) => (Number.isFinite(value) ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0.5));
  const sum = new Float64Array(classes);
  const count = new Float64Array(classes);
  bright.forEach((value, i) => {
    sum[slots[i]!]! += value;
    count[slots[i]!]! += 1;
  });
  return Uint8Array.from(bright, (value, i) => {
    const factor = 1 + CONTRAST * (value - sum[slots[i]!]! / count[slots[i]!]!);
    const share = (Math.min(BRIGHTEST, Math.max(DARKEST, factor)) - DARKEST) / (BRIGHTEST - DARKEST);
    return Math.round(share * (levels - 1));
  });
}

function shaded(colours: readonly string[], levels: number): Uint8Array {
  const palette = new Uint8Array(3 * colours.length * levels);
  colours.forEach((colour, slot) => {
    const value = Number.parseInt(colour.slice(1), 16);
    for (let level = 0; level < levels; level++) {
      const factor = levels === 1 ? 1 : DARKEST + (level / (levels - 1)) * (BRIGHTEST - DARKEST);
      const rgb = [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((byte) => Math.min(255, Math.round(byte * factor)));
      palette.set(rgb, 3 * (slot * levels + level));
    }
  });
  return palette;
}
