/** One process of ours: node benches/ours.mjs WORK DATA.npy RESULT.npy THREADS. Does the work twice; prints seconds of both and peak memory. */
import { readFileSync, writeFileSync } from "node:fs";
import { nodeThreads } from "../packages/cli/dist/threads.js";
import { readNpy, writeNpy } from "../packages/core/dist/index.js";
import { contextWith, works } from "./works.mjs";

const [work, from, to, threadCount] = process.argv.slice(2);
const { shape, data } = readNpy(readFileSync(from));
const points = { rows: shape[0], columns: shape[1], data };
const threads = nodeThreads(Number(threadCount));
const seconds = [];
let result;
for (let run = 0; run < 2; run++) {
  const begin = performance.now();
  result = await works[work].run(points, contextWith(threads));
  seconds.push((performance.now() - begin) / 1000);
}
await threads.close();
writeFileSync(to, writeNpy({ shape: [points.rows, result.length / points.rows], data: result }));
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
