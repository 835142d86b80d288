import type { MosaicOptions } from "@sigma-eds/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "./exit-codes.js";

/** Options of every verb that takes several files as one image. */
export interface JoinOptions {
  readonly stack?: boolean;
  readonly mosaic?: MosaicGrid;
  readonly mosaicSeams?: "measure" | "abut";
  readonly mosaicKeep?: "first" | "last";
}

type MosaicGrid = "auto" | NonNullable<MosaicOptions["grid"]>;

/** How several files become one image. */
export type ImageJoin = { readonly as: "stack" } | { readonly as: "mosaic"; readonly options: MosaicOptions };

/** Rows x columns, or `auto`. */
function mosaicGrid(text: string): MosaicGrid {
  if (text === "auto") return text;
  const [, rows, columns] = /^([1-9]\d{0,2})x([1-9]\d{0,2})$/.exec(text) ?? [];
  if (rows === undefined || columns === undefined)
    throw new InvalidArgumentError('Expected "auto" or rows x columns, such as 3x4.');
  return { rows: Number(rows), columns: Number(columns) };
}

/** Adds the options that say how several files become one image. */
export function joining(command: Command): Command {
  return command
    .option("--stack", "join several files into one image with a new slowest axis: a tilt or time series")
    .option(
      "--mosaic <grid>",
      "join maps of neighbouring fields into one map: rows x columns (3x4), filled row by row in the order of the numbers in the file names, or auto",
      mosaicGrid,
    )
    .addOption(
      new Option("--mosaic-seams <how>", "measure overlaps in the pictures (default), or let the tiles abut").choices([
        "measure",
        "abut",
      ]),
    )
    .addOption(
      new Option("--mosaic-keep <tile>", "tile that gives a pixel which two show (default: first)").choices(["first", "last"]),
    );
}

/** Throws {@link UsageError} for several files without a way to join them, for one with it, and for two ways at once. */
export function joinOf(paths: readonly string[], options: JoinOptions): ImageJoin | undefined {
  const { stack = false, mosaic } = options;
  if (stack && mosaic !== undefined) throw new UsageError("--stack and --mosaic exclude each other.");
  if (mosaic === undefined && (options.mosaicSeams ?? options.mosaicKeep) !== undefined) {
    throw new UsageError("--mosaic-seams and --mosaic-keep need --mosaic.");
  }
  const join = stack || mosaic !== undefined;
  if (paths.length > 1 && !join) {
    throw new UsageError(
      `${paths.length} files were given: take them one by one, or join them into one image with --stack (a series of one field) or --mosaic (neighbouring fields).`,
    );
  }
  if (paths.length === 1 && join) throw new UsageError(`--${stack ? "stack" : "mosaic"} needs at least two files.`);
  if (stack) return { as: "stack" };
  if (mosaic === undefined) return undefined;
  const { mosaicSeams: seams = "measure", mosaicKeep: kept = "first" } = options;
  return { as: "mosaic", options: { grid: mosaic === "auto" ? undefined : mosaic, measure: seams === "measure", kept } };
}
