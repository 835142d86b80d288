/** PNG files that say how large they are on paper. */

const MM_PER_INCH = 25.4;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const PNG_HEADER_END = 8 + 25;

/** The PNG with its resolution: a pHYs chunk after the header (PNG specification, third edition, 11.3.4.3). */
export function pngWithResolution(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round((dpi / MM_PER_INCH) * 1000);
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set([0x70, 0x48, 0x59, 0x73], 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, PNG_HEADER_END));
  out.set(chunk, PNG_HEADER_END);
  out.set(png.subarray(PNG_HEADER_END), PNG_HEADER_END + chunk.length);
  return out;
}
