/**
 * Signals whose last axis is a list of phases and not of energies, as PIXL's and other programs' phase maps are saved: the metadata name the phases
 * (`Signal.phases`), and each is a map of its own.
 */
import { UnsupportedError } from "../../errors.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import type { NumberArray } from "../arrays/number-array.js";
import { type Tree, textsAt } from "./metadata-tree.js";
import { looksLikeEnergy, type SignalAxis } from "./signal-axes.js";

/** Numbers read at once. */
const BAND = 1 << 22;
/** All maps together: 32 maps of a megapixel. */
const LARGEST = 1 << 25;

/** Names of the maps along the last of three axes, in its order; `undefined` for a signal that is no set of named maps. */
export function mapNames(metadata: Tree, axes: readonly SignalAxis[]): string[] | undefined {
  const names = textsAt(metadata, "Signal", "phases");
  const last = axes.at(-1);
  if (axes.length !== 3 || last === undefined || names.length !== last.axis.size || looksLikeEnergy(last)) return undefined;
  return names;
}

/** Reads the maps in bands of rows, all maps at once. Throws UnsupportedError when they are too large. */
export async function readNamedMaps(
  array: NumberArray,
  names: readonly string[],
  pixelSizeUm: readonly [x: number, y: number] | undefined,
  signal?: AbortSignal,
): Promise<NavigationImage[]> {
  const [height = 0, width = 0] = array.shape;
  if (height * width * names.length > LARGEST) {
    throw new UnsupportedError("The maps are too large.", { where: array.where, found: array.shape.join(" x ") });
  }
  const maps = names.map(() => emptyMap(array, height * width));
  const rows = Math.max(1, Math.floor(BAND / (width * names.length)));
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y);
    const values = await array.numbers([y, 0, 0], [count, width, names.length], signal);
    for (const [k, map] of maps.entries()) {
      for (let p = 0; p < count * width; p++) map[y * width + p] = values[p * names.length + k]!;
    }
  }
  return maps.map((data, k) => ({ name: names[k]!, width, height, data, pixelSizeUm }));
}

/** Numbers that hold those of the array exactly. */
function emptyMap({ numberKind, bytesPerNumber }: NumberArray, pixels: number): NavigationImage["data"] {
  if (numberKind === "float") return bytesPerNumber <= 4 ? new Float32Array(pixels) : new Float64Array(pixels);
  if (numberKind === "unsigned" && bytesPerNumber === 1) return new Uint8Array(pixels);
  if (numberKind === "unsigned" && bytesPerNumber === 2) return new Uint16Array(pixels);
  return new Float64Array(pixels);
}
