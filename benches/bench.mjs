/**
 * Ours against our references: every kernel and the plain TypeScript that it replaces, interleaved, medians of 7 rounds.
 * Run: npm run bench [-- words of a name]. With SIGMA_BENCH_BUILT set, every benchmark takes what is built, in place of building it.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensurePackages } from "../scripts/setup.mjs";
import { brief, inTurn, interleaved, median, medianRatio } from "./measure.mjs";

const ROUNDS = 7;

if (!process.env.SIGMA_BENCH_BUILT) {
  ensurePackages();
  ensureBuilt();
}
const { kernelBenches } = await import("./kernels.mjs");
const wanted = process.argv.slice(2).join(" ").toLowerCase();

console.log("| work | reference, s | kernel, s | reference / kernel |\n| --- | --- | --- | --- |");
for (const { name, prepare, first } of kernelBenches.filter((bench) => bench.name.toLowerCase().includes(wanted))) {
  const { reference, kernel } = await (first === undefined ? interleaved(await prepare(), ROUNDS) : inNewProcesses(name));
  console.log(`| ${name} | ${brief(median(reference))} | ${brief(median(kernel))} | ${brief(medianRatio(reference, kernel))} |`);
}

/** Each run in a process of its own, which has compiled nothing yet. */
function inNewProcesses(name) {
  const once = (side) => async () =>
    Number(execFileSync(process.execPath, [fileURLToPath(new URL("first-run.mjs", import.meta.url)), name, side]));
  return inTurn({ reference: once("reference"), kernel: once("kernel") }, ROUNDS);
}
