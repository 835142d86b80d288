/**
 * `npm run pack`: the packages as they would be published, as archives in `out/packages` (`--out FOLDER` for another): the core, and the command line as its bundle, which
 * needs no other package, with the built app in it, so that `sigma app` works where it is installed. Everything has to be built: `npm run build` and `npm run build:app`;
 * a bundle that is older than what is compiled is made anew. Uses no network.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { currentBundle } from "../packages/cli/bin/program.js";
import { mustRun, root } from "./setup.mjs";

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
  stage("core", ["package.json", "dist"]);
  stage("cli", ["package.json", "bin"]);
  stageBundle(join(scratch, "cli"));
  cpSync(app, join(scratch, "cli", "app"), { recursive: true });
  pack([join(scratch, "core"), join(scratch, "cli")]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function stage(name, parts) {
  const staged = join(scratch, name);
  for (const part of parts)
    cpSync(join(root, "packages", name, part), join(staged, part), { recursive: true, filter: isShipped });
  cpSync(join(root, "LICENSE"), join(staged, "LICENSE"));
}

/** The bundle holds all code that the program runs, so its package depends on no other; and nothing is compiled where it is installed, so it is always current. */
function stageBundle(staged) {
  mustRun(process.execPath, ["scripts/bundle-cli.mjs"]);
  const bundle = dirname(fileURLToPath(currentBundle()));
  const folder = basename(bundle);
  cpSync(bundle, join(staged, "bundle", folder), { recursive: true, filter: isShipped });
  writeFileSync(join(staged, "bundle", "current.json"), `${JSON.stringify({ folder, madeFrom: [] })}\n`);
  const manifest = join(staged, "package.json");
  const { dependencies: _, ...described } = JSON.parse(readFileSync(manifest, "utf8"));
  writeFileSync(manifest, `${JSON.stringify(described, null, 2)}\n`);
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
