/** Pictures of one word a pixel as canvases that the browser scales. */

/** A canvas of `width` x `height` with these pixels. The words are in the order of ImageData. */
export function rasterCanvas(words: Uint32Array, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = canvas.getContext("2d");
  if (context === null || words.length < width * height) return canvas;
  const bytes = new Uint8ClampedArray(words.buffer as ArrayBuffer, words.byteOffset, 4 * width * height);
  context.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

export interface Placement {
  /** Screen pixels per pixel of the map. */
  readonly scale: number;
  /** Where the map's outer corner lies, screen pixels. */
  readonly left: number;
  readonly top: number;
}

/** Draws a raster in its place: squares above 100 %, area averages below. */
export function drawRaster(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  raster: OffscreenCanvas,
  { scale, left, top }: Placement,
): void {
  context.imageSmoothingEnabled = scale < 1;
  context.imageSmoothingQuality = "high";
  context.drawImage(raster, left, top, raster.width * scale, raster.height * scale);
}
