/** Seeded damage to files, and reading everything in what is left. Knows no test runner, so that the fuzz lane uses it too. */
import fc from "fast-check";
import { isSigmaError, type SigmaError } from "../errors.js";
import type { ByteSource } from "../spectrum-image/byte-source.js";
import { pixelCount } from "../spectrum-image/counts.js";
import type { FileContents, Format } from "./format.js";

const MOST_PIXELS = 1 << 22;

/** Bytes set somewhere in the file: one or two of any value, or as they stand in lengths, counts and times, in binary or in digits. */
interface Change {
  readonly at: number;
  readonly bytes: readonly number[];
}

export interface Damage {
  /** Bytes kept from the start. */
  readonly keep: number;
  readonly changes: readonly Change[];
  /** A piece that is taken out, so that everything behind it moves. */
  readonly without?: { readonly at: number; readonly length: number } | undefined;
}

/** Ways to damage a file of a given length. Half of the changes fall into its first `headerBytes`. */
export function damages(length: number, headerBytes: number): fc.Arbitrary<Damage> {
  const anywhere = fc.integer({ min: 0, max: Math.max(0, length - 1) });
  const inHeader = fc.integer({ min: 0, max: Math.max(0, Math.min(headerBytes, length) - 1) });
  const word = fc.constantFrom(
    [0xff, 0xff, 0xff, 0xff],
    [0, 0, 0, 0],
    [0xff, 0xff, 0xff, 0x7f],
    [0, 0, 0, 0x80],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0x7f, 0xff, 0xff, 0xff],
    [0, 0, 0, 1],
    [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
    [0x39, 0x39, 0x39, 0x39],
    [0x2d, 0x31],
    [0x31, 0x65, 0x39, 0x39],
  );
  const change = fc.record({
    at: fc.oneof(anywhere, inHeader),
    bytes: fc.oneof(word, fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 2 })),
  });
  const piece = fc.record({ at: fc.oneof(anywhere, inHeader), length: fc.integer({ min: 1, max: 64 }) });
  return fc.record({
    keep: mostly(length, anywhere),
    changes: fc.array(change, { maxLength: 4 }),
    without: mostly(undefined, piece),
  });
}

/** Three times out of four the value: a file that is cut too often is refused before it is read. */
function mostly<T, U>(value: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
}

/** A damaged copy. */
export function damagedCopy(bytes: Uint8Array, { keep, changes, without }: Damage): Uint8Array {
  const copy = bytes.slice(0, keep);
  for (const { at, bytes: values } of changes) for (const [i, value] of values.entries()) copy[at + i] = value;
  if (without === undefined) return copy;
  copy.copyWithin(without.at, without.at + without.length);
  return copy.subarray(0, Math.max(Math.min(copy.length, without.at), copy.length - without.length));
}

export interface Reading {
  readonly contents?: FileContents;
  /** The typed error in which it ended. */
  readonly error?: SigmaError;
  /** Promises of the {@link Format} contract that were broken. */
  readonly broken: readonly string[];
}

/** Opens a file and reads every count in it. Throws what the reader throws beyond a {@link SigmaError}. */
export async function readAll(format: Format, source: ByteSource): Promise<Reading> {
  const broken: string[] = [];
  try {
    const contents = await (await format.reader()).open(source);
    for (const { counts, navigationAxes, energyAxis, images } of contents.datasets) {
      const sizes = navigationAxes.map(({ size }) => size).join();
      if (sizes !== counts.navigationShape.join()) broken.push(`axes of ${sizes} for counts of ${counts.navigationShape.join()}`);
      if (energyAxis.size !== counts.channels) broken.push(`an axis of ${energyAxis.size} for ${counts.channels} channels`);
      broken.push(...images.flatMap(wrongSize));
      if (pixelCount(counts.navigationShape) > MOST_PIXELS) continue;
      let pixels = 0;
      for await (const block of counts.blocks()) pixels += block.pixels;
      if (pixels !== pixelCount(counts.navigationShape)) broken.push(`blocks of ${pixels} pixels`);
    }
    broken.push(...contents.images.flatMap(wrongSize));
    return { contents, broken };
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return { error, broken };
  }
}

function wrongSize({ name, width, height, data }: FileContents["images"][number]): string[] {
  return data.length === width * height ? [] : [`image ${name}: ${data.length} numbers for ${width} x ${height}`];
}
