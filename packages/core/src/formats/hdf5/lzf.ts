/**
 * LZF (Marc Lehmann's liblzf; the filter 32000 of h5py). A control byte below 32 is followed by one more than that many literal bytes;
 * any other names a run to repeat: 3 bits of length (7: one more byte is added), 13 bits of distance, length counted from 2.
 */
import { FormatError } from "../../errors.js";

/** Unpacks LZF data of at most `most` bytes. Throws {@link FormatError} when the data are damaged. */
export function unpackLzf(packed: Uint8Array, most: number, where: string): Uint8Array {
  const out = new Uint8Array(most);
  let from = 0;
  let to = 0;
  const fail = (found: string): never => {
    throw new FormatError("A chunk of the data is damaged.", {
      where,
      field: "LZF data",
      found,
      expected: `at most ${most} bytes`,
    });
  };
  while (from < packed.length) {
    const control = packed[from++]!;
    if (control < 32) {
      const length = control + 1;
      if (from + length > packed.length || to + length > most) fail("literal bytes past the end");
      out.set(packed.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += packed[from++] ?? fail("a run that is cut off");
    const distance = ((control & 0x1f) << 8) + (packed[from++] ?? fail("a run that is cut off")) + 1;
    length += 2;
    if (distance > to || to + length > most) fail("a run past the ends");
    for (let i = 0; i < length; i++, to++) out[to] = out[to - distance]!;
  }
  return out.subarray(0, to);
}
