/**
 * `npm start`: sets up what it needs and serves the app on this computer. `npm start -- FILE`: finds the phases of a file on the command line; the result
 * lies in `out/`. `npm start -- --demo`, and `npm start` where the variable CI is set: the same for an example whose phases are known, which ends by itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { ensureAppBuilt, ensureBuilt, ensurePackages, root } from "./setup.mjs";

const USUAL_PORT = 5170;

const [file, ...options] = process.argv.slice(2);
ensurePackages();
ensureBuilt();

if (file === "--demo" || (file === undefined && process.env.CI)) runExample();
else if (file === undefined) serveApp();
else runFile(resolve(process.env.INIT_CWD ?? process.cwd(), file), options);

function serveApp() {
  ensureAppBuilt();
  const port = process.env.PORT ?? String(USUAL_PORT);
  say("On the command line: npm start -- FILE, or npm start -- --demo\n");
  const { status, signal } = sigmaStatus(["app", "--port", port, "--or-free"]);
  process.exit(status ?? (signal === "SIGTERM" ? 143 : 130));
}

function runExample() {
  const specimen = join(root, "out", "seven-minerals");
  const result = join(root, "out", "seven-minerals-result");
  say("Making a spectrum image whose phases are known: seven minerals on a substrate ...");
  sigma(["phantom", "--out", specimen, "--overwrite"]);
  say("\nFinding its phases, without being told how many there are ...");
  sigma(["run", join(specimen, "phantom.rpl"), "--out", result, "--overwrite"]);
  say("\nCompared with the truth:");
  sigma(["score", result, specimen]);
  say("\nYour own file:  npm start -- FILE\nThe app:        npm start");
}

function runFile(path, options) {
  const result = join(root, "out", `${basename(path, extname(path))}-result`);
  sigma(["run", path, "--out", result, "--overwrite", ...options]);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function sigma(words) {
  const { status, signal } = sigmaStatus(words);
  if (status !== 0) process.exit(status ?? (signal === "SIGTERM" ? 143 : 130));
}

function sigmaStatus(words) {
  const program = join(root, "packages/cli/bin/sigma.js");
  if (!existsSync(program)) throw new Error(`${program} is missing`);
  return spawnSync(process.execPath, [program, ...words], { stdio: "inherit" });
}
