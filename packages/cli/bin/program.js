/**
 * Which build of the program runs: the bundle (a few files, made by `npm run build`) where it was made from what is compiled now, else the compiled modules themselves. So
 * a bundle that is older than the last compilation never runs. What a bundle was made from stands beside it, and two or three looks at times and sizes tell.
 */
import { readFileSync, statSync } from "node:fs";

const thisPackage = new URL("..", import.meta.url);

/** Address of the module that exports `main`, in the package's `folder` (an address that ends with a slash). */
export function builtProgram(folder = thisPackage) {
  return currentBundle(folder) ?? new URL("dist/main.js", folder);
}

/** Address of the bundle's `main.js`; `undefined` when there is none, or when something it was made from has changed since. */
export function currentBundle(folder = thisPackage) {
  const record = bundleRecord(folder);
  const isCurrent = record?.madeFrom.every((then) => sameFile(then, stampOf(then.path, folder)));
  return isCurrent ? new URL(`bundle/${record.folder}/main.js`, folder) : undefined;
}

/** Path (relative to the package's folder), time of the last change in ms and size in bytes of a file; no time and no size for one that is missing. */
export function stampOf(path, folder = thisPackage) {
  const found = statSync(new URL(path, folder), { throwIfNoEntry: false });
  return { path, modifiedMs: found?.mtimeMs ?? null, bytes: found?.size ?? null };
}

function bundleRecord(folder) {
  try {
    return JSON.parse(readFileSync(new URL("bundle/current.json", folder), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function sameFile(a, b) {
  return a.modifiedMs === b.modifiedMs && a.bytes === b.bytes;
}
