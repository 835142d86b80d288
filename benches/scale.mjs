/**
 * How the time and memory of ours grow with the number of points: processor seconds on one thread at each size, the exponent fitted to them, and the peak memory of a process that
 * does the largest. Run: npm run bench:scale [-- 10000 50000 ...] [-- umap hdbscan ...]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensurePackages } from "../scripts/setup.mjs";
import { brief, processorSeconds } from "./measure.mjs";

/** What is measured: the row whose data and title it has, unless it has a title of its own. */
const works = {
  neighbours: { row: "neighbours" },
  "neighbours-bounded": { row: "neighbours", title: "15 nearest neighbours, at most 1.5 times as far as the true ones" },
  "neighbours-quick": { row: "neighbours", title: "15 nearest neighbours, the quick search" },
  umap: { row: "umap" },
  mixture: { row: "mixture" },
  hdbscan: { row: "hdbscan" },
};
const words = process.argv.slice(2);

if (words[0] === "measure") await measure(words[1], words.slice(2).map(Number));
else compare();

function compare() {
  ensurePackages();
  if (!process.env.SIGMA_BENCH_BUILT) ensureBuilt();
  const given = words.map(Number).filter((size) => size > 0);
  const sizes = given.length > 0 ? given : [10_000, 50_000, 200_000, 1_000_000];
  const named = Object.keys(works).filter((name) => words.includes(name));
  console.log(`| work | ${sizes.map((size) => `${size.toLocaleString("en")}, s`).join(" | ")} | exponent | peak memory, MB |`);
  console.log(`| --- |${" --- |".repeat(sizes.length + 2)}`);
  for (const name of named.length > 0 ? named : Object.keys(works)) {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "measure", name, ...sizes.map(String)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (child.status !== 0) process.exit(child.status ?? 1);
    const { title, seconds, megabytes } = JSON.parse(child.stdout);
    console.log(`| ${title} | ${seconds.map(brief).join(" | ")} | ${brief(slope(sizes, seconds))} | ${brief(megabytes)} |`);
  }
}

/** One work at all sizes, in a process of its own. */
async function measure(name, sizes) {
  const { clouds } = await import("./data.mjs");
  const { rows } = await import("./rows/index.mjs");
  const { work } = await import(`./ours/${name}.mjs`);
  const {
    title,
    size: { columns, apart },
  } = { ...rows.find(({ id }) => id === works[name].row), ...works[name] };
  await work(clouds(2000, columns, { apart }), { seed: 1 });
  const seconds = [];
  for (const size of sizes) {
    const points = clouds(size, columns, { apart });
    const begin = processorSeconds();
    await work(points, { seed: 1 });
    seconds.push(processorSeconds() - begin);
  }
  process.stdout.write(JSON.stringify({ title, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

/** Least squares of log time on log size. */
function slope(sizes, seconds) {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
