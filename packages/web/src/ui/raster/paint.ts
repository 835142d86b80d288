/** Numbers at pixels as colours: what a map shows, one 32-bit word a pixel (see `colour-table.ts`). */
import { type ColourTable, packColour } from "./colour-table.js";

/** What colours the pixels. */
export type Fill =
  | {
      readonly kind: "classes";
      /** Int32 [pixels]. */
      readonly labels: Int32Array;
      /** `#rrggbb` of every class that is drawn; pixels of others show the base alone. */
      readonly colours: ReadonlyMap<number, string>;
      /** How much of its colour a pixel has, 0 to 1. Left out: all of it. */
      readonly strength?: Float32Array | undefined;
    }
  | {
      readonly kind: "scalar";
      /** One value a pixel; NaN is not painted. */
      readonly data: ArrayLike<number>;
      readonly from: number;
      readonly to: number;
      readonly gamma: number;
      readonly table: ColourTable;
    }
  | { readonly kind: "mix"; readonly channels: readonly MixChannel[]; readonly gamma: number }
  | { readonly kind: "none" };

export interface MixChannel {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** Red, green and blue that full intensity adds, 0 to 255. */
  readonly colour: readonly [red: number, green: number, blue: number];
}

export interface Painting {
  readonly pixels: number;
  readonly fill: Fill;
  /** Brightness 0 to 1 of the picture below, float32 [pixels]. */
  readonly base: Float32Array | undefined;
  /** Of the fill, 0 to 1. */
  readonly opacity: number;
}

/** How much of the base's brightness comes through class colours, and the limits of the factor: the same as in the core's figures. */
const TEXTURE = 0.9;
const DARKEST = 0.5;
const BRIGHTEST = 1.22;

/** Uint32 [pixels], opaque: the fill over the base. Class colours carry the base's texture, values stay as their colour bar says. */
export function paint(painting: Painting): Uint32Array {
  const picture = basePicture(painting);
  switch (painting.fill.kind) {
    case "classes":
      paintClasses(picture, painting, painting.fill);
      break;
    case "scalar":
      paintScalar(picture, painting.opacity, painting.fill);
      break;
    case "mix":
      paintMix(picture, painting.opacity, painting.fill.channels, painting.fill.gamma);
      break;
    case "none":
      break;
  }
  return picture;
}

function basePicture({ pixels, base }: Painting): Uint32Array {
  const picture = new Uint32Array(pixels).fill(packColour(0, 0, 0));
  if (base === undefined) return picture;
  for (let p = 0; p < pixels; p++) {
    const grey = Math.round(255 * base[p]!);
    picture[p] = packColour(grey, grey, grey);
  }
  return picture;
}

function paintClasses(
  picture: Uint32Array,
  { base, opacity }: Painting,
  { labels, colours, strength }: Extract<Fill, { kind: "classes" }>,
): void {
  const palette = [...colours].map(([id, hex]) => ({ id, value: Number.parseInt(hex.slice(1), 16) }));
  const slots = new Int32Array(Math.max(0, ...palette.map(({ id }) => id)) + 1).fill(-1);
  palette.forEach(({ id }, slot) => {
    slots[id] = slot;
  });
  const middle = base === undefined ? undefined : meanBrightness(base, labels, slots, palette.length);
  for (let p = 0; p < picture.length; p++) {
    const label = labels[p]!;
    const slot = label >= 0 && label < slots.length ? slots[label]! : -1;
    if (slot < 0) continue;
    const texture = middle === undefined ? 1 : 1 + TEXTURE * (base![p]! - middle[slot]!);
    const share = strength === undefined ? opacity : opacity * strength[p]!;
    const factor = share * Math.min(BRIGHTEST, Math.max(DARKEST, texture));
    const below = (picture[p]! & 255) * (1 - share);
    const { value } = palette[slot]!;
    picture[p] = packColour(
      Math.min(255, below + factor * (value >> 16)),
      Math.min(255, below + factor * ((value >> 8) & 255)),
      Math.min(255, below + factor * (value & 255)),
    );
  }
}

function meanBrightness(base: Float32Array, labels: Int32Array, slots: Int32Array, classes: number): Float64Array {
  const sum = new Float64Array(classes);
  const count = new Float64Array(classes);
  for (let p = 0; p < labels.length; p++) {
    const slot = labels[p]! >= 0 && labels[p]! < slots.length ? slots[labels[p]!]! : -1;
    if (slot < 0) continue;
    sum[slot]! += base[p]!;
    count[slot]! += 1;
  }
  return sum.map((total, i) => total / Math.max(1, count[i]!));
}

/** Share of the way from `from` to `to`, bent by gamma: 0 to 1. */
export function intensityShare(value: number, from: number, to: number, gamma: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return gamma === 1 ? share : share ** (1 / gamma);
}

function paintScalar(picture: Uint32Array, opacity: number, fill: Extract<Fill, { kind: "scalar" }>): void {
  const { data, from, to, gamma, table } = fill;
  for (let p = 0; p < picture.length; p++) {
    const value = data[p]!;
    if (Number.isNaN(value)) continue;
    const word = table[Math.round(255 * intensityShare(value, from, to, gamma))]!;
    picture[p] = blended(picture[p]!, word, opacity * ((word >>> 24) / 255));
  }
}

function blended(below: number, above: number, alpha: number): number {
  const part = (shift: number): number => Math.round(((below >> shift) & 255) * (1 - alpha) + ((above >> shift) & 255) * alpha);
  return packColour(part(0), part(8), part(16));
}

function paintMix(picture: Uint32Array, opacity: number, channels: readonly MixChannel[], gamma: number): void {
  for (let p = 0; p < picture.length; p++) {
    let [red, green, blue] = [0, 0, 0];
    for (const { data, from, to, colour } of channels) {
      const share = intensityShare(data[p]!, from, to, gamma);
      if (!(share > 0)) continue;
      red += share * colour[0];
      green += share * colour[1];
      blue += share * colour[2];
    }
    picture[p] = blended(picture[p]!, packColour(Math.min(255, red), Math.min(255, green), Math.min(255, blue)), opacity);
  }
}

/** Float32 [pixels] 0 to 1: a picture of the field between its percentiles 1 and 99.5 (or `range`); places without a value are 0. */
export function brightness(data: ArrayLike<number>, from: number, to: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let p = 0; p < result.length; p++) {
    const share = (data[p]! - from) / (to - from);
    result[p] = share > 0 ? Math.min(1, share) : 0;
  }
  return result;
}
