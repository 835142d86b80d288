import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ComparedResult,
  type Comparison,
  compareResults,
  FormatError,
  parseMsa,
  parseResultDocument,
  readNpy,
  writeTiff,
} from "@sigma-eds/core";
import type { Host } from "../host.js";
import { aligned } from "../phase-table.js";

export interface CompareOptions {
  readonly json?: boolean;
  readonly map?: string;
}

interface Read extends ComparedResult {
  readonly classes: readonly { readonly id: number; readonly name: string; readonly areaFraction: number }[];
}

/** `sigma compare`: which classes of two results are the same, where they disagree, and which parameters differ. */
export async function compare(firstFolder: string, secondFolder: string, options: CompareOptions, host: Host): Promise<void> {
  const [first, second] = [await readResult(firstFolder), await readResult(secondFolder)];
  const comparison = compareResults(first, second);
  if (options.map !== undefined) await writeMap(options.map, comparison, first.shape);
  host.out(options.json ? `${JSON.stringify(forPrograms(comparison), null, 2)}\n` : forPeople(comparison, first, second));
}

async function readResult(folder: string): Promise<Read> {
  const { phases } = parseResultDocument(await readFile(join(folder, "result.json"), "utf8"), folder);
  const file = join(folder, "labels.npy");
  const { data, shape } = readNpy(await readFile(file), file);
  if (!(data instanceof Int32Array)) throw new FormatError("Labels must be 32-bit integers.", { where: file });
  const spectra = await Promise.all(phases.map(({ id }) => spectrum(join(folder, `spectra/class-${id}.msa`))));
  const recipe: unknown = JSON.parse(await readFile(join(folder, "recipe.json"), "utf8"));
  return { labels: data, shape, classes: phases.map(known), spectra, recipe };
}

function known(phase: { readonly id: number; readonly name?: string | undefined; readonly areaFraction?: number | undefined }) {
  return { id: phase.id, name: phase.name ?? `Class ${phase.id}`, areaFraction: phase.areaFraction ?? 0 };
}

async function spectrum(file: string): Promise<Float64Array> {
  return Float64Array.from(parseMsa(await readFile(file, "latin1"), file).values);
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

function forPeople(comparison: Comparison, first: Read, second: Read): string {
  const { matched, onlyFirst, onlySecond, by, adjustedRandIndex, changedShare, recipe } = comparison;
  const nameOf = ({ classes }: Read, id: number) => `${id} ${classes.find((one) => one.id === id)?.name ?? ""}`.trim();
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
