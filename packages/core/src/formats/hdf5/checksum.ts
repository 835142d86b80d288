/**
 * The checksum of HDF5's newer structures: Bob Jenkins' lookup3 ("hashlittle", 2006, public domain), with initial value 0.
 */

/** lookup3 of all bytes, as an unsigned 32-bit integer. */
export function lookup3(bytes: Uint8Array): number {
  let a = (0xdeadbeef + bytes.length) | 0;
  let b = a;
  let c = a;
  let offset = 0;
  const word = (at: number): number => {
    let value = 0;
    for (let i = 0; i < 4; i++) value |= (bytes[at + i] ?? 0) << (8 * i);
    return value;
  };
  while (bytes.length - offset > 12) {
    a = (a + word(offset)) | 0;
    b = (b + word(offset + 4)) | 0;
    c = (c + word(offset + 8)) | 0;
    a = ((a - c) | 0) ^ rotated(c, 4);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotated(a, 6);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotated(b, 8);
    b = (b + a) | 0;
    a = ((a - c) | 0) ^ rotated(c, 16);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotated(a, 19);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotated(b, 4);
    b = (b + a) | 0;
    offset += 12;
  }
  if (offset === bytes.length) return c >>> 0;
  a = (a + word(offset)) | 0;
  b = (b + word(offset + 4)) | 0;
  c = (c + word(offset + 8)) | 0;
  c = ((c ^ b) - rotated(b, 14)) | 0;
  a = ((a ^ c) - rotated(c, 11)) | 0;
  b = ((b ^ a) - rotated(a, 25)) | 0;
  c = ((c ^ b) - rotated(b, 16)) | 0;
  a = ((a ^ c) - rotated(c, 4)) | 0;
  b = ((b ^ a) - rotated(a, 14)) | 0;
  c = ((c ^ b) - rotated(b, 24)) | 0;
  return c >>> 0;
}

/** HDF5's Fletcher-32: sums of big-endian 16-bit words with end-around carry; an odd last byte is the high half of a word. */
export function fletcher32(bytes: Uint8Array): number {
  let sum1 = 0;
  let sum2 = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    sum1 = folded(sum1 + ((bytes[i]! << 8) | (bytes[i + 1] ?? 0)));
    sum2 = folded(sum2 + sum1);
  }
  return ((sum2 << 16) | sum1) >>> 0;
}

function folded(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
