/**
 * Ours against the Python packages that do the same: the same files, as many threads, processes in turn, medians of ratios; time on the clock and of the processors,
 * cold (a whole process, from its start) and warm, peak memory and quality. A row that is measured anew replaces itself in `results.json`, from which `results.md` is
 * written. Python: `environment.mjs`.
 *
 *     npm run bench:peers -- [--rounds 3] [--only umap,hdbscan] [--threads 2] [--epochs N] [--quick] [--renew] [--page]
 *
 * --quick: small sizes, to see that everything runs; only printed. --epochs: of the autoencoder. --renew: the newest packages again. --page: writes `results.md` anew
 * without measuring.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt, ensurePackages, root } from "../scripts/setup.mjs";
import { benchPythons, peerPackages, versionsOf } from "./environment.mjs";
import { page } from "./results-page.mjs";

const RESULTS = join(root, "benches/results.json");
const PAGE = join(root, "benches/results.md");
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
    threads: { type: "string", default: "2" },
    epochs: { type: "string" },
    quick: { type: "boolean", default: false },
    renew: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
  },
});

ensurePackages();
if (!process.env.SIGMA_BENCH_BUILT) ensureBuilt();
const { rows } = await import("./rows/index.mjs");
if (options.page) keep(kept());
else await measureAll();

async function measureAll() {
  const { compared } = await import("./comparison.mjs");
  const pythons = benchPythons({ renew: options.renew });
  const versions = { ...versionsOf(pythons.torch ?? pythons.python, ["torch"]), ...versionsOf(pythons.python, peerPackages()) };
  say(namesAndVersions(versions));
  const scratch = mkdtempSync(join(tmpdir(), "sigma-bench-"));
  const results = options.quick ? {} : kept();
  try {
    for (const row of chosenRows()) {
      const tell = (text) => say(`${new Date().toISOString().slice(11, 19)} ${row.id}: ${text}`);
      const size = {
        ...(options.quick ? row.quickSize : row.size),
        ...(options.epochs ? { epochs: Number(options.epochs) } : {}),
      };
      const [rounds, threads] = [Number(options.rounds), Number(options.threads)];
      const measured = await compared(row, size, { rounds, threads, pythons, scratch, tell });
      results[row.id] = {
        ...described(row),
        ...measured,
        day: new Date().toISOString().slice(0, 10),
        machine: machine(),
        versions,
      };
      if (!options.quick) keep(results);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  process.stdout.write(pageOf(results));
}

function chosenRows() {
  const named = options.only?.split(",");
  const unknown = named?.find((name) => !rows.some(({ id }) => id === name));
  if (unknown !== undefined) {
    say(`There is no row "${unknown}". There are: ${rows.map(({ id }) => id).join(", ")}.`);
    process.exit(2);
  }
  return rows.filter(({ id, onlyWhenNamed }) => named?.includes(id) ?? !onlyWhenNamed);
}

function kept() {
  try {
    return JSON.parse(readFileSync(RESULTS, "utf8"));
  } catch {
    return {};
  }
}

/** Rows in the order of the table, so that a row measured anew changes its own lines alone. */
function keep(results) {
  const measured = rows.filter(({ id }) => results[id] !== undefined);
  const ordered = Object.fromEntries(measured.map((row) => [row.id, { ...results[row.id], ...described(row) }]));
  writeFileSync(RESULTS, `${JSON.stringify(ordered, null, 2)}\n`);
  writeFileSync(PAGE, pageOf(ordered));
}

/** What the page says of a row beside what was measured. */
function described({ title, targets, qualityText }) {
  return { title, targets, qualityText };
}

function pageOf(results) {
  return page(results, JSON.parse(readFileSync(join(root, "benches/results-notes.json"), "utf8")));
}

function machine() {
  return `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} processors, Node ${process.versions.node}`;
}

function namesAndVersions(versions) {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
