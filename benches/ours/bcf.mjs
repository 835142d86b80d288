import { builtProgram } from "../../packages/cli/bin/program.js";
import { pass, sumSpectrum } from "../../packages/core/dist/spectrum-image/pass.js";
import { imageOf } from "./loading.mjs";

export const usesThreads = false;

/** Loading is the work here. */
export async function load(input) {
  return input;
}

/** `sigma info` reads every count, as whoever opens the file would; that it also adds them up three ways counts against us. */
export async function work({ file }) {
  const { main } = await import(builtProgram().href);
  const code = await main(["info", file, "--json"]);
  if (code !== 0) process.exit(code);
  return async () => {
    const { counts } = await imageOf({ file });
    const [sum] = await pass(counts, [sumSpectrum(counts)]);
    return { sum: { shape: [sum.length], data: sum } };
  };
}
