/** Pictures that go with a map, cut and joined as the map is. */
import type { NavigationImage } from "./spectrum-image.js";

/**
 * The picture over the same field as the map after joining `fx` x `fy` pixels. A picture of the size of the map is averaged over the same
 * pixels; a picture of another size, but of the proportion of the map, is cropped to the field that is kept (at whole pixels of its own); any other is returned
 * as it is.
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
  if (zoom.x !== 1 || zoom.y !== 1) return cutImage(picture, zoom, [0, width * fx], [0, height * fy]);
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

/** The part of the picture that shows map pixels `from` (included) to `to` (excluded); as it is where it shows another field. */
export function croppedImage(
  picture: NavigationImage,
  navigationShape: readonly number[],
  columns: readonly [from: number, to: number],
  rows: readonly [from: number, to: number],
): NavigationImage {
  const zoom = zoomOf(picture, navigationShape);
  if (zoom === undefined) return picture;
  return cutImage(picture, zoom, columns, rows);
}

/** Sides that differ from the map's proportion by no more than this, or by half a map pixel, are rounding: the picture shows the same field. */
const PROPORTION_TOLERANCE = 0.02;

/** Whether a picture has the proportion of the map's last two navigation axes, as one of the same field has. */
export function hasProportionOfMap(
  { width, height }: Pick<NavigationImage, "width" | "height">,
  navigationShape: readonly number[],
): boolean {
  const [rows, columns] = [navigationShape.at(-2) ?? 1, navigationShape.at(-1) ?? 1];
  const ratio = (width * rows) / (height * columns);
  return Math.abs(ratio - 1) <= Math.max(PROPORTION_TOLERANCE, 0.5 / rows, 0.5 / columns);
}

/** Picture pixels per map pixel. */
interface Zoom {
  readonly x: number;
  readonly y: number;
  readonly mapWidth: number;
  readonly mapHeight: number;
}

function zoomOf(picture: NavigationImage, shape: readonly number[]): Zoom | undefined {
  const [mapHeight, mapWidth] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  if (!hasProportionOfMap(picture, shape)) return undefined;
  return { x: picture.width / mapWidth, y: picture.height / mapHeight, mapWidth, mapHeight };
}

function cutImage(
  picture: NavigationImage,
  zoom: Zoom,
  columns: readonly [number, number],
  rows: readonly [number, number],
): NavigationImage {
  const [x0, x1] = pixelRange(columns, zoom.x, picture.width);
  const [y0, y1] = pixelRange(rows, zoom.y, picture.height);
  const [width, height] = [x1 - x0, y1 - y0];
  if (width === picture.width && height === picture.height) return picture;
  const data = picture.data.slice(0, width * height);
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * picture.width + x0;
    data.set(picture.data.subarray(from, from + width), y * width);
  }
  return { ...picture, width, height, data };
}

/** At least one pixel, inside the picture. */
function pixelRange([from, to]: readonly [number, number], zoom: number, size: number): [number, number] {
  const start = Math.min(size - 1, Math.round(from * zoom));
  return [start, Math.max(start + 1, Math.min(size, Math.round(to * zoom)))];
}
