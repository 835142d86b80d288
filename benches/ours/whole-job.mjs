import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtProgram } from "../../packages/cli/bin/program.js";

/** The program starts threads of its own. */
export const usesThreads = false;

/** The program loads for itself. */
export async function load(input) {
  return input;
}

export async function work({ file, recipe }, { out, threadCount }) {
  const { main } = await import(builtProgram().href);
  const { readNpy } = await import("../../packages/core/dist/formats/npy/npy.js");
  const folder = join(out, "result");
  const words = ["run", file, "--recipe", recipe, "--out", folder, "--overwrite", "--progress", "none"];
  const code = await main([...words, "--threads", String(threadCount)]);
  if (code !== 0) process.exit(code);
  return () => ({ labels: readNpy(readFileSync(join(folder, "labels.npy"))) });
}
