/** What Vitest's server does for tests in the browser, which cannot read the disk: it gives them the real files of `SIGMA_DATA`. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { BrowserCommand } from "vitest/node";

const folder = resolve(process.env["SIGMA_DATA"] ?? join(import.meta.dirname, "../../shared/data"));

/** A file below the folder of real files in base64; null when there is none. */
const readRealFile: BrowserCommand<[path: string]> = (_, path) => {
  const file = resolve(folder, path);
  return file.startsWith(folder + sep) && existsSync(file) ? readFileSync(file).toString("base64") : null;
};

export const realFilesCommands = { readRealFile };

declare module "vitest/browser" {
  interface BrowserCommands {
    readRealFile(path: string): Promise<string | null>;
  }
}
