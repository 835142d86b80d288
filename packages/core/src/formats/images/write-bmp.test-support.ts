/** Writes small bitmaps for tests, from the layout of BITMAPINFOHEADER and apart from the reader. */
export interface BmpToWrite {
  readonly width: number;
  readonly height: number;
  readonly bits: 1 | 4 | 8 | 24 | 32;
  /** Palette index of each pixel, or its blue, green and red, first row at the top. */
  readonly pixels: readonly (number | readonly [number, number, number])[];
  /** Blue, green, red. Default: grey. */
  readonly palette?: readonly (readonly [number, number, number])[];
  readonly topDown?: boolean;
}

export function writeBmp({ width, height, bits, pixels, palette, topDown = false }: BmpToWrite): Uint8Array {
  const colours = bits > 8 ? [] : (palette ?? Array.from({ length: 2 ** bits }, (_, i) => [i, i, i] as const));
  const pixelsAt = 54 + 4 * colours.length;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const bytes = new Uint8Array(pixelsAt + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, pixelsAt, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, topDown ? -height : height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(46, colours.length, true);
  for (const [i, colour] of colours.entries()) bytes.set(colour, 54 + 4 * i);
  pixels.forEach((pixel, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const row = pixelsAt + stride * (topDown ? y : height - 1 - y);
    if (typeof pixel !== "number") bytes.set(pixel, row + (x * bits) / 8);
    else bytes[row + Math.floor((x * bits) / 8)]! |= pixel << (8 - bits - ((x * bits) % 8));
  });
  return bytes;
}
