/** Navigation of any number of dimensions, seen as a stack of two-dimensional frames. Neighbours lie within a frame only. */

export interface Frames {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** `count * height * width`; pixel index is `(frame * height + y) * width + x`. */
  readonly pixels: number;
}

/** Frames of a navigation shape, slowest axis first: the last two axes are y and x, a line scan is one row. */
export function framesOf(navigationShape: readonly number[]): Frames {
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const count = navigationShape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { count, height, width, pixels: count * height * width };
}

/** Row and column of a pixel within its frame, in words for a sentence. */
export function placeOf(frames: Frames, pixel: number): string {
  const x = pixel % frames.width;
  const row = Math.floor(pixel / frames.width);
  const y = row % frames.height;
  const place = frames.height === 1 ? `x = ${x}` : `x = ${x}, y = ${y}`;
  return frames.count === 1 ? place : `frame ${Math.floor(row / frames.height)}, ${place}`;
}
