/**
 * One process of ours: node benches/ours.mjs ROW INPUT.json OUT THREADS RUNS. Loads what `benches/ours/ROW.mjs` needs, does its work RUNS times, leaves the arrays
 * that it gave in OUT as .npy, and prints times and peak memory. The time of the first run counts from the start of the process, so nothing is loaded here that a row
 * does not need: one whose module says `usesThreads = false` gets the number of threads only. A work is told the number of its run, from 0.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processorSeconds } from "./measure.mjs";

const [row, inputFile, out, threadCount, runs] = process.argv.slice(2);
const started = Number(process.env.SIGMA_BENCH_STARTED) * 1000;
const { load, work, usesThreads = true } = await import(`./ours/${row}.mjs`);
const input = JSON.parse(readFileSync(inputFile, "utf8"));
const threads = usesThreads ? await threadsFor(Number(threadCount)) : undefined;
const context = { seed: 1, threads, threadCount: Number(threadCount) };
const loaded = await load(input, context);
const times = [];
let result;
for (let run = 0; run < Number(runs); run++) {
  const [begin, busy] = [performance.now(), processorSeconds()];
  result = await work(loaded, { ...context, out, run });
  const clock = (performance.now() - begin) / 1000;
  const sinceStart = run === 0 ? { clock: (Date.now() - started) / 1000, processor: processorSeconds() } : undefined;
  times.push({ clock, processor: processorSeconds() - busy, sinceStart });
}
const megabytes = process.resourceUsage().maxRSS / 1024;
const { writeNpy } = await import("../packages/core/dist/formats/npy/npy.js");
for (const [name, array] of Object.entries(await result())) writeFileSync(join(out, `${name}.npy`), writeNpy(array));
await threads?.close();
process.stdout.write(
  `\n${JSON.stringify({ times, megabytes, processor: processorSeconds(), version: process.versions.node })}\n`,
);

async function threadsFor(count) {
  const { nodeThreads } = await import("../packages/cli/dist/threads.js");
  return nodeThreads(count);
}
