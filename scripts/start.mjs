/**
 * `npm start`: sets up what it needs, then runs the main job. Without a file: makes the seven-minerals phantom and finds its phases.
 * `npm start -- FILE`: does it for a file. The result lies in `out/`.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { ensureBuilt, ensurePackages, root } from "./setup.mjs";

const [file, ...options] = process.argv.slice(2);
ensurePackages();
ensureBuilt();

if (file === undefined) runExample();
else runFile(resolve(process.env.INIT_CWD ?? process.cwd(), file), options);

function runExample() {
  const specimen = join(root, "out", "seven-minerals");
  const result = join(root, "out", "seven-minerals-result");
  say("Making a spectrum image whose phases are known: seven minerals on a substrate ...");
  sigma(["phantom", "--out", specimen, "--overwrite"]);
  say("\nFinding its phases, without being told how many there are ...");
  sigma(["run", join(specimen, "phantom.rpl"), "--out", result, "--overwrite"]);
  say("\nCompared with the truth:");
  sigma(["score", result, specimen]);
  say("\nYour own file:  npm start -- FILE");
}

function runFile(path, options) {
  const result = join(root, "out", `${basename(path, extname(path))}-result`);
  sigma(["run", path, "--out", result, "--overwrite", ...options]);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function sigma(words) {
  const program = join(root, "packages/cli/bin/sigma.js");
  if (!existsSync(program)) throw new Error(`${program} is missing`);
  const { status, signal } = spawnSync(process.execPath, [program, ...words], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? (signal === "SIGTERM" ? 143 : 130));
}
