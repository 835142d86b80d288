/** Pictures that all tiles of a mosaic have, as one picture. */
import type { NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Field, KeptTile } from "./mosaic-counts.js";
import type { TilePlace } from "./place-tiles.js";

export interface CommonPicture {
  readonly name: string;
  /** One for each tile, of one size: a whole number of pixels for each pixel of the map. */
  readonly pictures: readonly NavigationImage[];
  joined(places: readonly TilePlace[], field: Field, kept: KeptTile): NavigationImage;
}

/** The pictures of the first tile that all others have, too, by name and size, and that show whole pixels for each pixel of the map. */
export function mosaicPictures(tiles: readonly SpectrumImage[]): CommonPicture[] {
  const [height, width] = tiles[0]!.counts.navigationShape;
  return tiles[0]!.images.flatMap((first) => {
    const zoom = first.width / width!;
    if (!Number.isInteger(zoom) || zoom < 1 || first.height !== zoom * height!) return [];
    const pictures = tiles.flatMap(({ images }) => {
      const same = images.find((one) => one.name === first.name && one.width === first.width && one.height === first.height);
      return same === undefined ? [] : [same];
    });
    if (pictures.length < tiles.length) return [];
    return [{ name: first.name, pictures, joined: (places, field, kept) => joinPictures(pictures, zoom, places, field, kept) }];
  });
}

/** Pixels that no tile shows are 0. */
function joinPictures(
  pictures: readonly NavigationImage[],
  zoom: number,
  places: readonly TilePlace[],
  field: Field,
  kept: KeptTile,
): NavigationImage {
  const [width, height] = [field.width * zoom, field.height * zoom];
  const data = emptyLike(pictures, width * height);
  const order = pictures.map((_, i) => i);
  // What is written last stays.
  for (const i of kept === "last" ? order : order.reverse()) {
    const picture = pictures[i]!;
    const [left, top] = [(places[i]!.x - field.x) * zoom, (places[i]!.y - field.y) * zoom];
    const [from, to] = [Math.max(0, left), Math.min(width, left + picture.width)];
    for (let y = Math.max(0, top); y < Math.min(height, top + picture.height); y++) {
      const row = (y - top) * picture.width;
      data.set(picture.data.subarray(row + from - left, row + to - left), y * width + from);
    }
  }
  return { ...pictures[0]!, width, height, data };
}

/** Numbers of the kind of the first picture where all are of one kind, else float64. */
function emptyLike(pictures: readonly NavigationImage[], length: number): NavigationImage["data"] {
  const kind = kinds.find((one) => pictures.every(({ data }) => data instanceof one));
  return new (kind ?? Float64Array)(length);
}

const kinds = [Uint8Array, Uint16Array, Uint32Array, Float32Array] as const;
