import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const WORKER = /new URL\("([^"]+-worker\.ts)", import\.meta\.url\)/g;
/** The module of Vite that wraps imports which wait until they are needed. */
const IMPORT_HELPER = "vite/preload-helper";

/**
 * Builds workers in one piece with the page, so that what both need, the core above all, is one file that is loaded once. (Vite by itself builds each worker
 * apart, with a copy of everything.) Such files run where there is no window: they must not ask for it when an import fails.
 */
export function workersBesidePage(): Plugin {
  return {
    name: "sigma-workers-beside-page",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (id.includes(IMPORT_HELPER)) return withoutWindow(code);
      if (!code.includes("-worker.ts")) return undefined;
      return code.replace(WORKER, (_, path: string) => {
        const worker = fileURLToPath(new URL(path, `file://${id}`));
        return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "chunk", id: worker })}`;
      });
    },
  };
}

function withoutWindow(code: string): string {
  return code.replaceAll("window.dispatchEvent", "globalThis.dispatchEvent");
}
