import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

const template = new URL("./service-worker.js", import.meta.url);

/** Adds the service worker that keeps a copy of the app in the browser: it knows every built file, and by their hash when to renew the copy. */
export function offlineCopy(): Plugin {
  return {
    name: "sigma-offline-copy",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const source = readFileSync(template, "utf8")
        .replace('["FILES"]', JSON.stringify(["./", "icon.svg", "manifest.webmanifest", ...Object.keys(bundle).sort()]))
        .replace('"VERSION"', JSON.stringify(versionOf(bundle)));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source });
    },
  };
}

function versionOf(bundle: Rolldown.OutputBundle): string {
  const hash = createHash("sha256");
  for (const [name, output] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(name).update(output.type === "chunk" ? output.code : output.source);
  }
  return hash.digest("hex").slice(0, 16);
}
