/** The counts of several tiles as one field, read row by row when asked for. */
import { ShapeError } from "../../errors.js";
import { blockBuilder } from "../../spectrum-image/block-builder.js";
import type { BlockOptions, CountBlock, CountSource } from "../../spectrum-image/counts.js";
import type { TilePlace } from "./place-tiles.js";

/** The field of the mosaic that is kept, in pixels from its corner. */
export interface Field {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which tile gives a pixel that several show. */
export type KeptTile = "first" | "last";

/**
 * One source of all tiles at their places: navigation shape [field.height, field.width]. A pixel that several tiles show is taken from the `kept` of them and
 * never summed, so that every pixel has the dose of one acquisition; one that none shows has no counts. Each tile is read once per pass, as far as it is needed.
 * Throws {@link ShapeError} for tiles that are no maps or differ in size.
 */
export function mosaicCounts(
  tiles: readonly CountSource[],
  places: readonly TilePlace[],
  field: Field,
  kept: KeptTile = "first",
): CountSource {
  const { channels } = checkedTiles(tiles);
  const kind = tiles.every((tile) => tile.kind === "counts") ? "counts" : "intensity";
  return {
    navigationShape: [field.height, field.width],
    channels,
    kind,
    async *blocks(options: BlockOptions = {}) {
      const builder = blockBuilder(channels, kind);
      const readers = tiles.map((tile) => rowReader(tile, options));
      try {
        for (let row = 0; row < field.height; row++) {
          const y = field.y + row;
          for (const [i, reader] of readers.entries()) await reader.seek(y - places[i]!.y);
          const owner = ownersOf(tiles, places, y, field, kept);
          for (let column = 0; column < field.width; column++) {
            const i = owner[column]!;
            if (i >= 0) readers[i]!.add(field.x + column - places[i]!.x, builder.add);
            builder.endPixel();
          }
          yield builder.block(row * field.width);
        }
      } finally {
        for (const reader of readers) await reader.close();
      }
    },
  };
}

/** Height and width of the tiles. Throws {@link ShapeError} for none, for tiles that are no maps and for tiles of different sizes. */
export function checkedTiles(tiles: readonly CountSource[]): { height: number; width: number; channels: number } {
  const [first] = tiles;
  tiles.forEach(({ navigationShape, channels }, i) => {
    const [found, expected] = [
      [...navigationShape, channels],
      [...first!.navigationShape, first!.channels],
    ].map((sizes) => sizes.join(" x "));
    if (navigationShape.length === 2 && found === expected) return;
    throw new ShapeError("The tiles of a mosaic must be maps of one size.", {
      where: `tile ${i}`,
      found: found!,
      expected: first!.navigationShape.length === 2 ? expected! : "rows x columns x channels",
    });
  });
  if (first === undefined) throw new ShapeError("There is no tile.", { expected: "at least two maps of one size" });
  return { height: first.navigationShape[0]!, width: first.navigationShape[1]!, channels: first.channels };
}

/** The tile of each pixel of a row of the field, -1 for none: int32 [field.width]. */
function ownersOf(
  tiles: readonly CountSource[],
  places: readonly TilePlace[],
  y: number,
  field: Field,
  kept: KeptTile,
): Int32Array {
  const owner = new Int32Array(field.width).fill(-1);
  for (const [i, { navigationShape }] of tiles.entries()) {
    const { x, y: top } = places[i]!;
    if (y < top || y >= top + navigationShape[0]!) continue;
    const [from, to] = [Math.max(0, x - field.x), Math.min(field.width, x + navigationShape[1]! - field.x)];
    for (let column = from; column < to; column++) if (kept === "last" || owner[column] === -1) owner[column] = i;
  }
  return owner;
}

interface RowReader {
  /** Goes on to a row of the tile; rows only rise. A row outside the tile does nothing. */
  seek(row: number): Promise<void>;
  add(column: number, into: (channel: number, count: number) => void): void;
  close(): Promise<void>;
}

function rowReader(tile: CountSource, options: BlockOptions): RowReader {
  const [height, width] = [tile.navigationShape[0]!, tile.navigationShape[1]!];
  let blocks: AsyncIterator<CountBlock> | undefined;
  let block: CountBlock | undefined;
  let first = 0;
  return {
    async seek(row) {
      if (row < 0 || row >= height) return;
      first = row * width;
      blocks ??= tile.blocks(options)[Symbol.asyncIterator]();
      while (block === undefined || first >= block.firstPixel + block.pixels) {
        const next = await blocks.next();
        if (next.done === true)
          throw new ShapeError("The counts of a tile end early.", { found: `${first} pixels`, expected: `${height * width}` });
        block = next.value;
      }
    },
    add(column, into) {
      const { rowStart, channel, count, firstPixel } = block!;
      const pixel = first + column - firstPixel;
      for (let i = rowStart[pixel]!; i < rowStart[pixel + 1]!; i++) into(channel[i]!, count[i]!);
    },
    async close() {
      await blocks?.return?.(undefined);
    },
  };
}
