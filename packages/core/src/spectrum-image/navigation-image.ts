/** Pictures that go with a map, cut and joined as the map is. */
import type { NavigationImage } from "./spectrum-image.js";

/**
 * The picture over the same field as the map after joining `fx` x `fy` pixels. A picture of the size of the map is averaged over the same
 * pixels; a finer picture of the same field (its size a whole multiple of the map's) is cropped to the field that is kept; any other is returned as it is.
 */
export function averagedImage(
  picture: NavigationImage,
  navigationShape: readonly number[],
  fx: number,
  fy: number,
): NavigationImage {
  const zoom = zoomOf(picture, navigationShape);
  if (zoom === undefined || (fx === 1 && fy === 1)) return picture;
  const width = Math.floor(zoom.mapWidth / fx);
  const height = Math.floor(zoom.mapHeight / fy);
  if (zoom.x > 1 || zoom.y > 1) return cutImage(picture, 0, 0, width * fx * zoom.x, height * fy * zoom.y);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let b = y * fy; b < (y + 1) * fy; b++)
        for (let a = x * fx; a < (x + 1) * fx; a++) sum += picture.data[b * picture.width + a]!;
      data[y * width + x] = sum / (fx * fy);
    }
  }
  const size = picture.pixelSizeUm;
  return { ...picture, width, height, data, pixelSizeUm: size === undefined ? undefined : [size[0] * fx, size[1] * fy] };
}

/** The part of the picture that shows map pixels from `x0`, `y0` (included) to `x1`, `y1` (excluded); as it is where it shows another field. */
export function croppedImage(
  picture: NavigationImage,
  navigationShape: readonly number[],
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
): NavigationImage {
  const zoom = zoomOf(picture, navigationShape);
  if (zoom === undefined) return picture;
  return cutImage(picture, x0 * zoom.x, y0 * zoom.y, (x1 - x0) * zoom.x, (y1 - y0) * zoom.y);
}

/** Picture pixels per map pixel along x and y; `undefined` unless both are whole. */
function zoomOf({ width, height }: NavigationImage, shape: readonly number[]) {
  const mapWidth = shape.at(-1) ?? 1;
  const mapHeight = shape.at(-2) ?? 1;
  const x = width / mapWidth;
  const y = height / mapHeight;
  return Number.isInteger(x) && Number.isInteger(y) && x === y ? { x, y, mapWidth, mapHeight } : undefined;
}

function cutImage(picture: NavigationImage, x0: number, y0: number, width: number, height: number): NavigationImage {
  if (x0 === 0 && y0 === 0 && width === picture.width && height === picture.height) return picture;
  const data = picture.data.slice(0, width * height);
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * picture.width + x0;
    data.set(picture.data.subarray(from, from + width), y * width);
  }
  return { ...picture, width, height, data };
}
