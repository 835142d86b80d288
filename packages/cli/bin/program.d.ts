/** Time of the last change in ms and size in bytes of a file; null for one that is missing. */
export interface FileStamp {
  readonly path: string;
  readonly modifiedMs: number | null;
  readonly bytes: number | null;
}
/** Address of the module that exports `main`. `folder`: of the package, an address that ends with a slash. */
export function builtProgram(folder?: URL): URL;
/** Address of the bundle's `main.js`; `undefined` when there is none, or when something it was made from has changed since. */
export function currentBundle(folder?: URL): URL | undefined;
/** `path` is relative to the package's folder. */
export function stampOf(path: string, folder?: URL): FileStamp;
