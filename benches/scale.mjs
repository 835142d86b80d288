/** How the time of ours grows with the number of points: processor seconds on one thread at each size, and the exponent fitted to them. Run: npm run bench:scale [-- 10000 50000 ...] */
import { ensureBuilt, ensurePackages } from "../scripts/setup.mjs";
import { brief, processorSeconds } from "./measure.mjs";

ensurePackages();
if (!process.env.SIGMA_BENCH_BUILT) ensureBuilt();
const { clouds } = await import("./data.mjs");
const { rows } = await import("./rows/index.mjs");

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 20_000, 50_000, 100_000, 200_000];

console.log(`| work | ${sizes.map((size) => `${size.toLocaleString("en")}, s`).join(" | ")} | exponent |`);
console.log(`| --- |${" --- |".repeat(sizes.length + 1)}`);
for (const name of ["neighbours", "umap", "mixture", "hdbscan"]) {
  const { work } = await import(`./ours/${name}.mjs`);
  const {
    title,
    size: { columns, apart },
  } = rows.find(({ id }) => id === name);
  await work(clouds(2000, columns, { apart }), { seed: 1 });
  const seconds = [];
  for (const size of sizes) {
    const points = clouds(size, columns, { apart });
    const begin = processorSeconds();
    await work(points, { seed: 1 });
    seconds.push(processorSeconds() - begin);
  }
  console.log(`| ${title} | ${seconds.map(brief).join(" | ")} | ${brief(slope(sizes, seconds))} |`);
}

/** Least squares of log time on log size. */
function slope(sizes, seconds) {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
