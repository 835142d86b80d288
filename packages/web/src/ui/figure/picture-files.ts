/** Pictures as files that say their resolution, so that a journal's program shows them at their true size. */

const MM_PER_INCH = 25.4;

export function pixelsAt(widthMm: number, dpi: number): number {
  return Math.max(1, Math.round((widthMm / MM_PER_INCH) * dpi));
}

/** The figure at a width on paper: its outer size in millimetres, its drawing untouched. */
export function svgAtWidth(svg: string, widthMm: number): string {
  const size = svgSize(svg);
  const heightMm = Number(((widthMm * size.height) / size.width).toFixed(3));
  return svg.replace(/^(<svg[^>]*?) width="[^"]*" height="[^"]*"/, `$1 width="${widthMm}mm" height="${heightMm}mm"`);
}

/** Size in CSS pixels, from the outermost element; 1 x 1 for what states none. */
export function svgSize(svg: string): { readonly width: number; readonly height: number } {
  const found = /^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  return { width: Number(found?.[1] ?? 1), height: Number(found?.[2] ?? 1) };
}

const ENTRIES = 12;
const DIRECTORY = 8;
const EXTRAS = DIRECTORY + 2 + ENTRIES * 12 + 4;

/**
 * An uncompressed RGB TIFF in one strip, little-endian (TIFF 6.0, section 6). `rgba` is [height x width x 4]; opacity is left out, the ground must be drawn.
 *
 *     0 "II", 42, offset of the directory · 8 directory of 12 entries · bits per sample, two resolutions · pixels
 */
export function rgbTiff(width: number, height: number, rgba: Uint8ClampedArray, dpi: number): Uint8Array {
  const pixels = EXTRAS + 6 + 16;
  const out = new Uint8Array(pixels + width * height * 3);
  const view = new DataView(out.buffer);
  out.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, DIRECTORY, true);
  view.setUint16(DIRECTORY, ENTRIES, true);
  const [SHORT, LONG, RATIONAL] = [3, 4, 5];
  const entries: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, EXTRAS],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, pixels],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, width * height * 3],
    [282, RATIONAL, 1, EXTRAS + 6],
    [283, RATIONAL, 1, EXTRAS + 14],
    [296, SHORT, 1, 2],
  ];
  entries.forEach(([tag, type, count, value], i) => {
    const at = DIRECTORY + 2 + i * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  });
  for (let channel = 0; channel < 3; channel++) view.setUint16(EXTRAS + 2 * channel, 8, true);
  for (const at of [EXTRAS + 6, EXTRAS + 14]) {
    view.setUint32(at, Math.round(dpi * 100), true);
    view.setUint32(at + 4, 100, true);
  }
  for (let p = 0; p < width * height; p++) out.set(rgba.subarray(p * 4, p * 4 + 3), pixels + p * 3);
  return out;
}
