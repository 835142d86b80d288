/**
 * Ours against the Python packages that do the same: the same data, two threads, processes in turn, medians of ratios; time (cold: first in a process, warm: second),
 * peak memory and quality. Writes benches/results.md. Takes the Python that SIGMA_PEERS_PYTHON names, else makes an environment from PyPI.
 * Run: npm run bench:peers [-- --rounds 3 --share 1 --only umap,hdbscan --add]; --share makes the data smaller, --add keeps the comparisons that the file has.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withPeersPython } from "../scripts/peers-environment.mjs";
import { ensureBuilt, ensurePackages, root } from "../scripts/setup.mjs";
import { brief, median, medianRatio } from "./measure.mjs";

const THREADS = 2;
const RESULTS = join(root, "benches/results.md");
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    share: { type: "string", default: "1" },
    only: { type: "string" },
    add: { type: "boolean", default: false },
  },
});

ensurePackages();
if (!process.env.SIGMA_BENCH_BUILT) ensureBuilt();
const { readNpy, writeNpy } = await import("../packages/core/dist/index.js");
const { dataOf, works } = await import("./works.mjs");
const { qualityOf } = await import("./quality.mjs");

await withPeersPython(async (python) => {
  const folder = mkdtempSync(join(tmpdir(), "sigma-bench-"));
  try {
    const wanted = Object.keys(works).filter((name) => values.only === undefined || values.only.split(",").includes(name));
    const before = values.add
      ? readFileSync(RESULTS, "utf8")
          .split("\n")
          .filter((row) => /^\|.*\| \d+ \|/.test(row))
      : [];
    const rows = [];
    for (const [name, peer] of wanted.flatMap((work) => works[work].peers.map((one) => [work, one]))) {
      rows.push(line(await compared(name, peer, python, folder)));
      writeFileSync(RESULTS, page([...before, ...rows]));
    }
    process.stdout.write(page([...before, ...rows]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function compared(name, peer, python, folder) {
  const points = dataOf(name, Math.round(works[name].points * Number(values.share)));
  const data = join(folder, `${name}.npy`);
  writeFileSync(data, writeNpy({ shape: [points.rows, points.columns], data: points.data }));
  const files = { ours: join(folder, "ours.npy"), peer: join(folder, "peer.npy") };
  const runs = { ours: [], peer: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    process.stderr.write(`${name}, ${peer}: round ${round + 1}\n`);
    runs.ours.push(finished(process.execPath, ["benches/ours.mjs", name, data, files.ours, THREADS]));
    const answer = finished(python, ["-W", "ignore", "benches/peers.py", name, peer, data, files.peer, THREADS]);
    if (answer.failed !== undefined) return { name, peer, points, failed: answer.failed };
    runs.peer.push(answer);
  }
  const quality = {};
  for (const side of ["ours", "peer"]) quality[side] = await qualityOf(name, points, readNpy(readFileSync(files[side])).data);
  return { name, peer, points, runs, quality };
}

/** What a process printed last, with the seconds that it took in all. */
function finished(command, args) {
  const begin = performance.now();
  const threads = Object.fromEntries(["OMP", "OPENBLAS", "NUMBA", "MKL"].map((name) => [`${name}_NUM_THREADS`, String(THREADS)]));
  const { status, stdout, stderr, error } = spawnSync(command, args.map(String), {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...threads },
  });
  if (status !== 0) return { failed: error?.message ?? (stderr.trim().split("\n").at(-1) || `status ${status}`) };
  return { ...JSON.parse(stdout.trim().split("\n").at(-1)), whole: (performance.now() - begin) / 1000 };
}

function page(rows) {
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} processors, Node ${process.versions.node}`;
  return [
    "# Ours against the Python packages",
    "",
    `Written by \`npm run bench:peers\`. ${machine}; ${THREADS} threads for both sides.`,
    "Processes run in turn on the same data. Cold is the first time in a process, warm the second; ratios are medians over the rounds of peer / ours, so more is better for us.",
    "On a machine that others use too, seconds are too large and ratios uncertain.",
    "",
    "| work | points | rounds | peer | ours, s (warm) | peer, s (warm) | warm ratio | cold ratio | memory, MB: ours, peer | quality: ours, peer |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "Quality:",
    "",
    ...Object.values(works).map(({ title, quality }) => `- ${title}: ${quality}.`),
    "",
  ].join("\n");
}

function line({ name, peer, points, runs, quality, failed }) {
  const start = `| ${works[name].title} | ${points.rows.toLocaleString("en")} x ${points.columns} | ${values.rounds}`;
  if (failed !== undefined) return `${start} | ${peer} | not run: ${failed.replaceAll("|", "/")} | | | | | |`;
  const of = (side, which) => runs[side].map(({ seconds }) => seconds[which]);
  const memory = (side) => Math.round(median(runs[side].map(({ megabytes }) => megabytes)));
  return [
    start,
    `${peer} ${runs.peer[0].version}`,
    brief(median(of("ours", 1))),
    brief(median(of("peer", 1))),
    brief(medianRatio(of("peer", 1), of("ours", 1))),
    brief(medianRatio(of("peer", 0), of("ours", 0))),
    `${memory("ours")}, ${memory("peer")}`,
    `${brief(quality.ours)}, ${brief(quality.peer)} |`,
  ].join(" | ");
}
