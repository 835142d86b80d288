import { builtProgram } from "../../packages/cli/bin/program.js";
import { imageOf } from "./loading.mjs";

export const usesThreads = false;

/** Loading is the work here. */
export async function load(input) {
  return input;
}

/** From the start of the process what whoever opens the file runs, `sigma info`, which adds up all counts as well; then reading alone, until it is warm. */
export async function work({ file }, { run }) {
  if (run === 0) return infoOf(file);
  const { counts } = await imageOf({ file });
  return async () => {
    const { pass, sumSpectrum } = await import("../../packages/core/dist/spectrum-image/pass.js");
    const [sum] = await pass(counts, [sumSpectrum(counts)]);
    return { sum: { shape: [sum.length], data: sum } };
  };
}

async function infoOf(file) {
  const { main } = await import(builtProgram().href);
  const code = await main(["info", file, "--json"]);
  if (code !== 0) process.exit(code);
}
