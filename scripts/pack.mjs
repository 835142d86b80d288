/**
 * `npm run pack`: the packages as they would be published, as archives in `out/packages` (`--out FOLDER` for another): the core, and the command line with the built app in
 * it, so that `sigma app` works where it is installed. Everything has to be built: `npm run build` and `npm run build:app`. Uses no network.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { root } from "./setup.mjs";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: join(root, "out", "packages") },
    app: { type: "string", default: join(root, "packages", "web", "build") },
  },
});
const out = resolve(values.out);
const app = resolve(values.app);
for (const needed of [
  join(app, "index.html"),
  join(root, "packages/cli/dist/main.js"),
  join(root, "packages/core/dist/index.js"),
])
  if (!existsSync(needed)) fail(`${needed} is missing. Build first: npm run build && npm run build:app`);

mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "sigma-pack-"));
try {
  for (const name of ["core", "cli"]) {
    const from = join(root, "packages", name);
    const staged = join(scratch, name);
    for (const part of ["package.json", "dist", "bin"])
      if (existsSync(join(from, part))) cpSync(join(from, part), join(staged, part), { recursive: true, filter: isShipped });
    cpSync(join(root, "LICENSE"), join(staged, "LICENSE"));
    if (name === "cli") cpSync(app, join(staged, "app"), { recursive: true });
  }
  pack([join(scratch, "core"), join(scratch, "cli")]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Source maps point to sources that are not shipped. */
function isShipped(path) {
  return !path.endsWith(".map");
}

function pack(folders) {
  const options = { cwd: scratch, encoding: "utf8", shell: process.platform === "win32" };
  const words = ["pack", ...folders, "--pack-destination", out, "--loglevel=error"];
  const { status, stdout, stderr } = spawnSync("npm", words, options);
  if (status !== 0) fail(stderr);
  for (const name of stdout.trim().split("\n")) process.stdout.write(`${join(out, name)}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
