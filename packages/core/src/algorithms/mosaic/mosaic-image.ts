/** Several maps of neighbouring fields as one map. */
import { throwIfAborted } from "../../errors.js";
import { croppedAxis } from "../../spectrum-image/axis.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import { calibrationFindings } from "../../spectrum-image/joined-calibration.js";
import { joinedMetadata } from "../../spectrum-image/joined-metadata.js";
import { countMap, pass } from "../../spectrum-image/pass.js";
import type { GreyPicture } from "../../spectrum-image/resample-image.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { checkedTiles, type Field, type KeptTile, mosaicCounts } from "./mosaic-counts.js";
import { mosaicPictures } from "./mosaic-pictures.js";
import { completeSeams, neighboursIn, type PlacedSeam, placeTiles, type TilePlace } from "./place-tiles.js";
import { measureSeam, type Seam, type SeamSearch } from "./seam.js";
import { type TileGrid, tileGrid } from "./tile-order.js";

export interface MosaicOptions extends SeamSearch {
  /** Rows and columns of tiles, filled row by row. Default: as square as can be. */
  readonly grid?: TileGrid | undefined;
  /** `false`: the tiles abut, nothing is measured. Default true. */
  readonly measure?: boolean | undefined;
  /** Name of the picture in which seams are looked for. Default: the first that all tiles have, else the map of all counts. */
  readonly picture?: string | undefined;
  /** Which tile gives a pixel that two show. Default `first`: it has seen the beam once. */
  readonly kept?: KeptTile | undefined;
}

/** How the tiles came together. */
export interface Mosaic {
  readonly image: SpectrumImage;
  readonly grid: TileGrid;
  readonly places: readonly TilePlace[];
  readonly seams: readonly PlacedSeam[];
  readonly field: Field;
  readonly findings: readonly Finding[];
}

/**
 * One spectrum image of tiles in the order given, row by row. Overlaps and shifts of neighbours are measured in a picture that all tiles have, or in their maps of counts
 * (one reading of each tile), and made consistent over the whole grid; the ragged border of a full grid is cut off. Axes, calibration and metadata are the first's,
 * times added up, pictures of all tiles joined. Seams are stated in `originalMetadata.mosaic`; findings name those that could not be measured, and where calibrations differ.
 * Throws `ShapeError` for tiles that are no maps of one size, `ParameterError` for a grid that they do not fill, `DataCheckError` for different energies.
 */
export async function mosaicImage(
  tiles: readonly SpectrumImage[],
  options: MosaicOptions = {},
  context: WorkContext = {},
): Promise<Mosaic> {
  const size = checkedTiles(tiles.map(({ counts }) => counts));
  const grid = tileGrid(tiles.length, options.grid);
  const calibration = calibrationFindings(tiles, "mosaic");
  const seams = await seamsOf(tiles, grid, options, context);
  const places = placeTiles(seams, tiles.length, size);
  const field = fieldOf(places, grid, size);
  const findings = [...calibration, ...seamFindings(seams)];
  const image = joined(tiles, places, field, { grid, seams, findings, kept: options.kept ?? "first" });
  return { image, grid, places, seams, field, findings };
}

async function seamsOf(
  tiles: readonly SpectrumImage[],
  grid: TileGrid,
  options: MosaicOptions,
  context: WorkContext,
): Promise<PlacedSeam[]> {
  const pairs = neighboursIn(grid, tiles.length);
  const { height, width } = checkedTiles(tiles.map(({ counts }) => counts));
  if (options.measure === false)
    return completeSeams(
      pairs,
      pairs.map(() => undefined),
      grid,
      { width, height },
    );
  const pictures = await picturesToCompare(tiles, options.picture, context);
  const measured: (Seam | undefined)[] = [];
  for (const [i, { first, second, direction }] of pairs.entries()) {
    throwIfAborted(context.signal);
    const turned = direction === "down" ? transposed : (picture: GreyPicture) => picture;
    const seam = measureSeam(turned(pictures[first]!), turned(pictures[second]!), options);
    measured.push(seam === undefined ? undefined : inMapPixels(seam, pictures[first]!.width / width));
    context.onProgress?.((i + 1) / pairs.length, "seams");
  }
  return completeSeams(pairs, measured, grid, { width, height });
}

/** One picture for each tile, of one size, in the proportion of the map. */
async function picturesToCompare(
  tiles: readonly SpectrumImage[],
  wanted: string | undefined,
  context: WorkContext,
): Promise<GreyPicture[]> {
  const { height, width } = checkedTiles(tiles.map(({ counts }) => counts));
  const common = mosaicPictures(tiles).find(({ name }) => wanted === undefined || name === wanted);
  if (common !== undefined) return [...common.pictures];
  const maps: GreyPicture[] = [];
  for (const { counts } of tiles) {
    const [map] = await pass(counts, [countMap(counts)], { signal: context.signal });
    maps.push({ width, height, data: map });
  }
  return maps;
}

function transposed({ width, height, data }: GreyPicture): GreyPicture {
  const turned = new Float64Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x]!;
  return { width: height, height: width, data: turned };
}

function inMapPixels(seam: Seam, zoom: number): Seam {
  return { ...seam, overlap: Math.round(seam.overlap / zoom), shift: Math.round(seam.shift / zoom) };
}

/** All tiles for an incomplete grid; else what every row and column of tiles reaches, without the ragged border. */
function fieldOf(places: readonly TilePlace[], { rows, columns }: TileGrid, tile: { width: number; height: number }): Field {
  const full = rows * columns === places.length;
  const at = (row: number, column: number): TilePlace => places[row * columns + column]!;
  const each = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const all = {
    left: full ? Math.max(...each(rows).map((row) => at(row, 0).x)) : 0,
    right:
      tile.width + (full ? Math.min(...each(rows).map((row) => at(row, columns - 1).x)) : Math.max(...places.map(({ x }) => x))),
    top: full ? Math.max(...each(columns).map((column) => at(0, column).y)) : 0,
    bottom:
      tile.height +
      (full ? Math.min(...each(columns).map((column) => at(rows - 1, column).y)) : Math.max(...places.map(({ y }) => y))),
  };
  return { x: all.left, y: all.top, width: all.right - all.left, height: all.bottom - all.top };
}

function seamFindings(seams: readonly PlacedSeam[]): Finding[] {
  const guessed = seams.filter(({ from }) => from !== "measured");
  const words = { row: "the median of its row", all: "the median of all", none: "no overlap", measured: "" };
  const found = seams.length - guessed.length;
  const overlaps = seams.filter(({ from }) => from === "measured").map(({ overlap }) => overlap);
  const [least, most] = [Math.min(...overlaps), Math.max(...overlaps)];
  const range = found === 0 ? "" : `, overlaps of ${least === most ? least : `${least} to ${most}`} pixels`;
  return [
    { severity: "info", code: "mosaic-seams", message: `${found} of ${seams.length} seams between tiles were measured${range}.` },
    ...guessed.map(
      ({ first, second, from }): Finding => ({
        severity: "warning",
        code: "mosaic-seam-unknown",
        message: `The seam between tiles ${first} and ${second} could not be measured: ${words[from]} is taken.`,
      }),
    ),
  ];
}

interface Joining {
  readonly grid: TileGrid;
  readonly seams: readonly PlacedSeam[];
  readonly findings: readonly Finding[];
  readonly kept: KeptTile;
}

function joined(tiles: readonly SpectrumImage[], places: readonly TilePlace[], field: Field, how: Joining): SpectrumImage {
  const first = tiles[0]!;
  const [yAxis, xAxis] = [first.navigationAxes[0]!, first.navigationAxes[1]!];
  const corner = places[0]!;
  const from = { x: field.x - corner.x, y: field.y - corner.y };
  const metadata = joinedMetadata(tiles.map((tile) => tile.metadata));
  const share = (field.width * field.height) / (tiles.length * xAxis.size * yAxis.size);
  const part = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : seconds * Math.min(1, share);
  const { detector } = metadata;
  return {
    title: tiles.length === 1 ? first.title : `${first.title} (mosaic of ${how.grid.rows} x ${how.grid.columns})`,
    counts: mosaicCounts(
      tiles.map(({ counts }) => counts),
      places,
      field,
      how.kept,
    ),
    navigationAxes: [
      croppedAxis({ ...yAxis, size: from.y + field.height }, from.y, from.y + field.height),
      croppedAxis({ ...xAxis, size: from.x + field.width }, from.x, from.x + field.width),
    ],
    energyAxis: first.energyAxis,
    ...(first.channelLines === undefined ? {} : { channelLines: first.channelLines }),
    images: mosaicPictures(tiles).map((common) => common.joined(places, field, how.kept)),
    metadata: {
      ...metadata,
      detector: { ...detector, liveTimeS: part(detector.liveTimeS), realTimeS: part(detector.realTimeS) },
    },
    originalMetadata: {
      mosaic: {
        ...{ grid: how.grid, kept: how.kept, field, seams: how.seams },
        tiles: tiles.map(({ title, originalMetadata }, i) => ({ title, place: places[i]!, originalMetadata })),
      },
    },
    loadReport: {
      findings: [
        ...tiles.flatMap(({ loadReport }, i) =>
          loadReport.findings.map((finding) => ({ ...finding, message: `Tile ${i}: ${finding.message}` })),
        ),
        ...how.findings,
      ],
    },
  };
}
