import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ComparedResult, type Comparison, compareResults, FormatError, readResult, writeTiff } from "@sigma-eds/core";
import type { Host } from "../host.js";
import { aligned } from "../phase-table.js";

export interface CompareOptions {
  readonly json?: boolean;
  readonly map?: string;
}

/** `sigma compare`: which classes of two results are the same, where they disagree, and which parameters differ. */
export async function compare(firstFolder: string, secondFolder: string, options: CompareOptions, host: Host): Promise<void> {
  const [first, second] = [await readFolder(firstFolder), await readFolder(secondFolder)];
  const comparison = compareResults(first, second);
  if (options.map !== undefined) await writeMap(options.map, comparison, first.shape);
  host.out(options.json ? `${JSON.stringify(forPrograms(comparison), null, 2)}\n` : forPeople(comparison, first, second));
}

function readFolder(folder: string): Promise<ComparedResult> {
  return readResult((path) => readFile(join(folder, path)), folder);
}

/** 8-bit picture of the last two axes, planes below each other: 255 where a pixel changed its class. */
async function writeMap(file: string, { changed }: Comparison, shape: readonly number[]): Promise<void> {
  if (changed === undefined) {
    throw new FormatError("Two results of different fields have no map of changes.", {
      where: file,
      found: "two sizes",
      remedy: "Leave out --map.",
    });
  }
  const width = shape.at(-1) ?? 1;
  await writeFile(
    file,
    writeTiff({ width, height: changed.length / width, data: changed.map((value) => 255 * value), pixelSizeUm: undefined }),
  );
}

/** As it goes into JSON: the map of changes is a file, not a list. */
function forPrograms({ changed: _, confusion, ...rest }: Comparison) {
  return {
    ...rest,
    confusion:
      confusion === undefined
        ? undefined
        : Array.from({ length: confusion.rows }, (__, row) => [
            ...confusion.data.subarray(row * confusion.columns, (row + 1) * confusion.columns),
          ]),
  };
}

function forPeople(comparison: Comparison, first: ComparedResult, second: ComparedResult): string {
  const { matched, onlyFirst, onlySecond, by, adjustedRandIndex, changedShare, recipe } = comparison;
  const nameOf = ({ classes }: ComparedResult, id: number) => `${id} ${classes.find((one) => one.id === id)?.name ?? ""}`.trim();
  const percent = (value: number | undefined) => (value === undefined ? "-" : (100 * value).toFixed(1));
  const rows = matched.map((pair) => [
    nameOf(first, pair.first),
    nameOf(second, pair.second),
    percent(pair.areaFirst),
    percent(pair.areaSecond),
    percent(pair.overlap),
    pair.similarity?.toFixed(4) ?? "-",
  ]);
  const alone = [...onlyFirst.map((id) => [nameOf(first, id), "none"]), ...onlySecond.map((id) => ["none", nameOf(second, id)])];
  const header = ["first", "second", "area % first", "second", "overlap %", "cosine"];
  return [
    aligned([header, ...rows, ...alone], [false, false, true, true, true, true]),
    "",
    by === "pixels"
      ? `Same pixels: adjusted Rand ${adjustedRandIndex!.toFixed(4)}; ${percent(changedShare)} % of the pixels changed their class.`
      : "Two fields: classes are matched by their spectra.",
    recipe.length === 0 ? "Same recipe." : "Recipe:",
    ...recipe.map(
      ({ path, first: a, second: b }) => `  ${path}: ${JSON.stringify(a) ?? "absent"} / ${JSON.stringify(b) ?? "absent"}`,
    ),
    "",
  ].join("\n");
}
