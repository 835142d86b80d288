/** One measured process: what it printed last, the time that it took in all, and how busy other programs kept the machine meanwhile. */
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { root } from "../scripts/setup.mjs";

/** Asked of every library that has threads of its own. */
const THREAD_VARIABLES = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"];
/** Longer than any of the works takes on a slow machine; a peer that needs more is said to have been stopped. */
const LONGEST_S = 1800;

/**
 * Runs the program. Gives the JSON object of its last line with `others` (share of the machine that other programs used, 0 to 1), or `{ failed }` with its last
 * words. The program finds the time at which it was started (s since 1970) in SIGMA_BENCH_STARTED.
 */
export async function finished(command, args, threads) {
  const busyBefore = busySeconds();
  const begin = performance.now();
  const { status, signal, stdout, stderr } = await outputOf(command, args, threads);
  if (status !== 0) return { failed: lastLine(stderr) || `ended with ${signal ?? status}` };
  const seconds = (performance.now() - begin) / 1000;
  const answer = JSON.parse(lastLine(stdout));
  const foreign = busySeconds() - busyBefore - answer.processor;
  return { ...answer, others: Math.max(0, foreign / (seconds * cpus().length)) };
}

function outputOf(command, args, threads) {
  const env = { ...process.env, SIGMA_BENCH_STARTED: String(Date.now() / 1000), PYTHONDONTWRITEBYTECODE: "1" };
  for (const name of THREAD_VARIABLES) env[name] = String(threads);
  return new Promise((resolve) => {
    const child = spawn(command, args.map(String), { cwd: root, env, timeout: LONGEST_S * 1000 });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        texts[stream] = (texts[stream] + text).slice(-100_000);
      });
    }
    child.on("error", (error) => resolve({ status: 1, ...texts, stderr: error.message }));
    child.on("close", (status, signal) => resolve({ status, signal, ...texts }));
  });
}

function lastLine(text) {
  return text.trim().split("\n").at(-1);
}

/** Processor seconds that all programs have used since the machine started. */
function busySeconds() {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}
