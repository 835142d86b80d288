/** The order of tiles of a mosaic, from the names of their files, and the grid that they fill row by row. */
import { ParameterError } from "../../errors.js";

/** Rows and columns of tiles; the last row may be incomplete. */
export interface TileGrid {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Indices of the names in the order of acquisition: by the number after "Site" first, where there is one, then by all numbers from left to right, then by
 * name. So `Site 2` comes before `Site 10`, whatever the operating system lists first.
 */
export function tileOrder(names: readonly string[]): number[] {
  const keys = names.map((name) => ({ site: siteOf(name), numbers: (name.match(/\d+/g) ?? []).map(Number), name }));
  return names
    .map((_, i) => i)
    .sort((a, b) => {
      const [one, other] = [keys[a]!, keys[b]!];
      return one.site - other.site || compareNumbers(one.numbers, other.numbers) || compareText(one.name, other.name) || a - b;
    });
}

/** Tiles without a site come last. */
function siteOf(name: string): number {
  const found = /site[\s_-]*(\d+)/i.exec(name)?.[1];
  return found === undefined ? Number.MAX_SAFE_INTEGER : Number(found);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The grid of so many tiles. Without `wanted` it is as square as can be, wider than high. Throws {@link ParameterError} for a grid that the tiles do not
 * fill up to its last row.
 */
export function tileGrid(tiles: number, wanted?: TileGrid): TileGrid {
  if (wanted === undefined) {
    const columns = Math.ceil(Math.sqrt(tiles));
    return { rows: Math.ceil(tiles / columns), columns };
  }
  const { rows, columns } = wanted;
  if (tiles <= rows * columns && tiles > (rows - 1) * columns) return wanted;
  throw new ParameterError("The tiles do not fill the grid.", {
    where: "mosaic",
    found: `${tiles} tiles`,
    expected: `${(rows - 1) * columns + 1} to ${rows * columns} for ${rows} rows of ${columns}`,
  });
}
