/**
 * The fuzz lane: every registered format gets damaged files, made from its examples, and must answer each with a result or a typed error,
 * within 2 s of computing and 512 MB of memory above what the program itself takes. Run: npm run test:fuzz [-- --runs N] [--format ID] [--from N].
 * Inputs are made from their numbers, so a failure is repeated by `--format ID --from NUMBER --runs 1`. Default: 100,000 inputs per format.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { root } from "./setup.mjs";

const MOST_SECONDS = 2;
const MOST_BYTES = 512e6;
/** Wall time after which a process that does not go on is ended. */
const HANGING_MS = 20_000;
const MOST_FAILURES = 20;

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "100000" },
    from: { type: "string", default: "0" },
    format: { type: "string" },
    child: { type: "string" },
  },
});
const first = Number(options.from);
const end = first + Number(options.runs);

if (options.child !== undefined) await read(options.child, options.format);
else if (options.format !== undefined) process.exitCode = (await fuzz([options.format])) ? 0 : 1;
else process.exitCode = (await fuzz(await allFormats())) ? 0 : 1;

/** In the process that reads: tells its number before each input, so that it is known on which it died. */
async function read(place, format) {
  const { server, module } = await load();
  const { kinds, run } = await module.openFuzzer(format);
  const progress = openSync(place, "w");
  for (let i = 0; i < 20; i++) await run(i);
  const before = process.memoryUsage.rss();
  const result = { kinds, outcomes: {}, slowest: 0, failures: [], next: end };
  for (let index = first; index < end; index++) {
    writeSync(progress, String(index).padEnd(12), 0);
    const started = process.cpuUsage();
    let outcome;
    try {
      outcome = await run(index);
    } catch (error) {
      outcome = `threw ${error?.stack ?? error}`;
    }
    const { user, system } = process.cpuUsage(started);
    const seconds = (user + system) / 1e6;
    result.slowest = Math.max(result.slowest, seconds);
    const bytes = process.resourceUsage().maxRSS * 1024 - before;
    if (/^(broken|threw)/.test(outcome)) result.failures.push({ index, problem: outcome });
    else result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1;
    if (seconds > MOST_SECONDS) result.failures.push({ index, problem: `took ${seconds.toFixed(1)} s` });
    if (bytes > MOST_BYTES) {
      // The highest use of memory does not come down again: the rest is for a new process.
      result.failures.push({ index, problem: `took ${Math.round(bytes / 1e6)} MB` });
      result.next = index + 1;
      break;
    }
  }
  result.peak = process.resourceUsage().maxRSS * 1024 - before;
  await server.close();
  process.stdout.write(JSON.stringify(result));
}

/** The fuzzer is TypeScript; Vite, which the tests use, loads it. */
async function load() {
  const { createViteServer } = await import("vitest/node");
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  return { server, module: await server.ssrLoadModule(join(root, "packages/core/src/formats/fuzz.test-support.ts")) };
}

async function allFormats() {
  const { server, module } = await load();
  await server.close();
  return module.formatIds;
}

async function fuzz(formats) {
  const scratch = mkdtempSync(join(tmpdir(), "sigma-fuzz-"));
  const failures = [];
  row(["format", "kinds", "inputs", "read", "refused", "slowest", "memory", "failures"]);
  try {
    for (const format of formats) {
      const result = await fuzzFormat(format, join(scratch, format));
      const { read: whole = 0, ...refused } = result.outcomes;
      const refusals = Object.values(refused).reduce((a, b) => a + b, 0);
      row([
        format,
        result.kinds,
        end - first,
        whole,
        refusals,
        `${result.slowest.toFixed(2)} s`,
        mb(result.peak),
        result.failures.length,
      ]);
      failures.push(...result.failures.map((failure) => ({ format, ...failure })));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  for (const { format, index, problem } of failures) process.stdout.write(`\n${format} --from ${index} --runs 1\n${problem}\n`);
  return failures.length === 0;
}

/** Runs process after process until every input was tried, or too many failed. */
async function fuzzFormat(format, place) {
  const all = { kinds: 0, outcomes: {}, slowest: 0, peak: 0, failures: [] };
  let next = first;
  while (next < end && all.failures.length < MOST_FAILURES) {
    const part = await runChild(format, place, next);
    all.kinds = Math.max(all.kinds, part.kinds);
    all.slowest = Math.max(all.slowest, part.slowest);
    all.peak = Math.max(all.peak, part.peak);
    for (const [outcome, count] of Object.entries(part.outcomes)) all.outcomes[outcome] = (all.outcomes[outcome] ?? 0) + count;
    all.failures.push(...part.failures);
    next = part.next;
  }
  return all;
}

function runChild(format, place, from) {
  const words = ["--format", format, "--child", place, "--from", String(from), "--runs", String(end - from)];
  const child = spawn(process.execPath, ["--max-old-space-size=512", fileURLToPath(import.meta.url), ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (texts.out += chunk));
  child.stderr.on("data", (chunk) => (texts.err += chunk));
  let seen = { at: undefined, since: Date.now() };
  const watch = setInterval(() => {
    const at = reached(place);
    if (at !== seen.at) seen = { at, since: Date.now() };
    else if (Date.now() - seen.since > HANGING_MS && at !== undefined) child.kill("SIGKILL");
  }, 1000);
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      clearInterval(watch);
      if (code === 0) return resolve(JSON.parse(texts.out));
      const index = reached(place);
      if (index === undefined || index < from)
        return reject(new Error(`The process that reads ${format} did not start.\n${texts.err}`));
      const problem = `ended the process (${signal ?? code}): ${texts.err.slice(0, 600)}`;
      resolve({ kinds: 0, outcomes: {}, slowest: 0, peak: 0, failures: [{ index, problem }], next: index + 1 });
    });
  });
}

/** The number that the process told last. */
function reached(place) {
  try {
    const text = readFileSync(place, "utf8").trim();
    return text === "" ? undefined : Number(text);
  } catch {
    return undefined;
  }
}

function row(cells) {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(8) : String(cell).padStart(9))).join("")}\n`);
}

function mb(bytes) {
  return `${Math.max(0, Math.round(bytes / 1e6))} MB`;
}
