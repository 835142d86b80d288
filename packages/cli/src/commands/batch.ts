import { mkdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { csvField, isSigmaError } from "@sigma-eds/core";
import { BatchFailure, exitCodes, exitOf, UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";
import type { JoinOptions } from "../join-options.js";
import { type RunOptions, run } from "./run.js";

export type BatchOptions = Omit<RunOptions, keyof JoinOptions>;

interface Outcome {
  readonly path: string;
  readonly folder: string;
  /** Exit code that `sigma run` would have given. */
  readonly code: number;
  readonly message: string;
}

/**
 * `sigma batch`: the same recipe for every file, each into a folder of its own under `options.out`, with `batch.csv` beside them. A file that cannot be
 * analysed is named and the others go on; then throws {@link BatchFailure} with the exit code of the first such file.
 */
export async function batch(paths: readonly string[], options: BatchOptions, host: Host): Promise<void> {
  const folders = folderNames(paths);
  await mkdir(options.out, { recursive: true });
  const outcomes: Outcome[] = [];
  for (const [i, path] of paths.entries()) {
    host.log(`${i + 1} of ${paths.length}: ${path}\n`);
    outcomes.push(await one(path, folders[i]!, options, host));
    await writeFile(join(options.out, "batch.csv"), table(outcomes));
  }
  const failed = outcomes.filter(({ code }) => code !== exitCodes.done);
  host.log(`${paths.length - failed.length} of ${paths.length} files done: ${join(options.out, "batch.csv")}\n`);
  if (failed[0] !== undefined) throw new BatchFailure(failed[0].code);
}

async function one(path: string, folder: string, options: BatchOptions, host: Host): Promise<Outcome> {
  try {
    await run([path], { ...options, out: join(options.out, folder) }, host);
    return { path, folder, code: exitCodes.done, message: "" };
  } catch (error) {
    // A mistake in the command line holds for every file, and a stop is for all of them.
    if (error instanceof UsageError || isSigmaError(error, "aborted") || isSigmaError(error, "recipe")) throw error;
    const { code, line } = exitOf(error, undefined);
    if (line === undefined) throw error;
    host.log(`sigma: ${path}: ${line}\n`);
    return { path, folder, code, message: line };
  }
}

/** A folder for each file, after its name; files of one name are numbered. */
export function folderNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = basename(path, extname(path)) || "file";
    let name = stem;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ path, folder, code, message }) => [path, code === exitCodes.done ? folder : "", code, message]);
  return [["file", "folder", "exit_code", "message"], ...rows].map((row) => `${row.map(csvField).join(",")}\n`).join("");
}
