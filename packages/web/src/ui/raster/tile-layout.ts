import type { Size } from "../plane/camera.js";

export interface TileLayout {
  readonly columns: number;
  /** Of each tile, CSS pixels: of its picture, or of its text. */
  readonly width: number;
  /** Of each picture, CSS pixels. */
  readonly pictureHeight: number;
}

/** Between tiles, CSS pixels. */
export const TILE_GAP = 6;
/** Of a tile left and right of its picture together. */
const FRAME = 6;
/** Title and details of a tile with the frame of its picture: lines of text, not of the picture. */
const TEXT_HEIGHT = 50;
/** Below it, title and range do not stand in one line. */
const NARROWEST = 132;
/** Pictures are no smaller only to have all in sight: then one scrolls. */
const LEAST_HEIGHT = 72;
/** A map that is one pixel high is seen nevertheless; one that is very high does not take the whole room. */
const LOWEST = 20;
const HIGHEST_SHARE = 0.7;

/** So many columns that pictures of `count` maps, `aspect` times as wide as high, are as large as they can be with all in sight; where they would be too small for that, as many columns as there is room for. */
export function tileLayout(count: number, aspect: number, room: Size): TileLayout {
  const most = Math.max(1, Math.min(count, Math.floor((room.width + TILE_GAP) / (NARROWEST + TILE_GAP))));
  const layout = (columns: number, pictureHeight: number): TileLayout => {
    const wanted = Math.max(NARROWEST, pictureHeight * aspect + FRAME);
    return { columns, width: Math.min(wanted, part(room.width, columns)), pictureHeight };
  };
  let best: TileLayout | undefined;
  for (let columns = 1; columns <= most; columns++) {
    const wanted = heightIn(columns, aspect, room);
    const pictureHeight = Math.min(wanted, part(room.height, Math.ceil(count / columns)) - TEXT_HEIGHT);
    if (pictureHeight < Math.min(LEAST_HEIGHT, wanted)) continue;
    if (best === undefined || pictureHeight > best.pictureHeight) best = layout(columns, pictureHeight);
  }
  return best ?? layout(most, Math.min(heightIn(most, aspect, room), HIGHEST_SHARE * room.height));
}

/** Of a picture that is as wide as its column. */
function heightIn(columns: number, aspect: number, { width }: Size): number {
  return Math.max(LOWEST, (part(width, columns) - FRAME) / aspect);
}

/** One of so many with gaps between them. */
function part(length: number, count: number): number {
  return (length + TILE_GAP) / count - TILE_GAP;
}
