/**
 * Makes the bundle of the command line from what is compiled: `packages/cli/bundle/<hash>/`, a few files in place of some 600 modules, because Node spends more time on
 * finding and linking modules than most commands need. Commands, readers and whatever else is imported when needed stay files of their own; so does the worker of the threads.
 * Does nothing when the bundle is current. Part of `npm run build`; why, and why a stale one never runs: docs/adr/0008-bundled-command-line.md.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { currentBundle, stampOf } from "../packages/cli/bin/program.js";

const cli = fileURLToPath(new URL("../packages/cli", import.meta.url));
const bundles = join(cli, "bundle");
const record = join(bundles, "current.json");
/** What a bundle depends on: each compilation rewrites its build info. Relative to the package of the command line. */
const madeFrom = [
  "../core/tsconfig.tsbuildinfo",
  "tsconfig.tsbuildinfo",
  "../../package-lock.json",
  "../../scripts/bundle-cli.mjs",
];
/** Programs that still run load parts of the bundle that they began with; none is removed before this. */
const KEPT_MS = 3_600_000;

if (currentBundle() === undefined) await makeBundle();

async function makeBundle() {
  // Taken before anything is read: a compilation in the meantime makes this bundle stale, not wrong.
  const stamps = madeFrom.map((path) => stampOf(path));
  mkdirSync(bundles, { recursive: true });
  const scratch = mkdtempSync(join(bundles, ".new-"));
  try {
    const chunks = await written(scratch);
    writeFileSync(join(scratch, "THIRD-PARTY-LICENSES.txt"), licences(chunks));
    const folder = putInPlace(scratch, contentHash(chunks));
    const next = join(bundles, `.${folder}-${process.pid}.json`);
    writeFileSync(next, `${JSON.stringify({ folder, madeFrom: stamps }, null, 2)}\n`);
    renameSync(next, record);
    removeOld(folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes the files of the bundle, source maps included, and gives its chunks. */
async function written(folder) {
  const { rolldown } = await bundler();
  const bundle = await rolldown({
    input: { main: join(cli, "dist/main.js"), "thread-worker": join(cli, "dist/thread-worker.js") },
    platform: "node",
    plugins: [mapsOfCompiledModules()],
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: "esm",
    sourcemap: true,
    // All in one folder: the program finds its worker and the app's files by addresses relative to its own.
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  });
  return output.filter(({ type }) => type === "chunk");
}

/** The bundler that vite is built on, in the version that came with it. */
async function bundler() {
  const beside = createRequire(import.meta.resolve("vite"));
  return import(pathToFileURL(beside.resolve("rolldown")).href);
}

/** Gives the compiler's source maps to the bundler, so that the bundle's lead to the TypeScript sources. */
function mapsOfCompiledModules() {
  return {
    name: "sigma-compiled-maps",
    load(id) {
      const map = `${id}.map`;
      return id.includes(`${sep}dist${sep}`) && existsSync(map) && !id.includes(`${sep}node_modules${sep}`)
        ? { code: readFileSync(id, "utf8"), map: readFileSync(map, "utf8") }
        : null;
    },
  };
}

function contentHash(chunks) {
  const hash = createHash("sha256");
  for (const { fileName, code } of [...chunks].sort((a, b) => (a.fileName < b.fileName ? -1 : 1)))
    hash.update(fileName).update(code);
  return hash.digest("hex").slice(0, 16);
}

/** Moves what was written to the folder named by its content; one that is there already has the same files. */
function putInPlace(scratch, folder) {
  const place = join(bundles, folder);
  if (!existsSync(place)) renameSync(scratch, place);
  return folder;
}

function removeOld(current) {
  for (const name of readdirSync(bundles)) {
    const path = join(bundles, name);
    const isOld = name !== current && path !== record && Date.now() - statSync(path).mtimeMs > KEPT_MS;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

/** The licences of the packages that the chunks hold code of: each asks to go with every copy. */
function licences(chunks) {
  const folders = new Set(chunks.flatMap(({ moduleIds }) => moduleIds).flatMap((id) => packageFolder(id) ?? []));
  return [...folders]
    .sort()
    .map(licenceOf)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function packageFolder(id) {
  const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id) ?? [];
  return folder;
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined)
    throw new Error(`${name} ${version} (${license}) comes without the text of its licence: ${dirname(folder)}`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8")}`;
}
