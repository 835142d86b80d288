import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Plugin, runnerImport } from "vite";

const EXAMPLE = "seven-minerals";
/** The app itself may be 1.5 MB, compressed, before a file is opened; the example, which comes after the first picture, no more than this. */
const MOST_BYTES = 950_000;
const core = fileURLToPath(new URL("../../core/src", import.meta.url));
const web = fileURLToPath(new URL("../src", import.meta.url));
const source = fileURLToPath(new URL("./example-bytes.ts", import.meta.url));
const cache = fileURLToPath(new URL("../../../node_modules/.cache/sigma-example", import.meta.url));

/**
 * Adds the example that the app opens on, analysed by the same code; made anew only when that code has changed. Left out of builds for tests, which open a
 * file of their own: without it the app computes the example itself.
 */
export function addAnalysedExample(): Plugin {
  return {
    name: "sigma-analysed-example",
    apply: (_, { command, mode }) => command === "build" && mode !== "test",
    async generateBundle() {
      const kept = `${cache}/${hashOfSources()}.sigma`;
      if (!existsSync(kept)) {
        mkdirSync(cache, { recursive: true });
        writeFileSync(kept, await made());
      }
      const bytes = readFileSync(kept);
      if (bytes.length > MOST_BYTES) this.error(`The analysed example has ${bytes.length} bytes, more than ${MOST_BYTES}.`);
      this.emitFile({ type: "asset", fileName: `examples/${EXAMPLE}.sigma`, source: bytes });
    },
  };
}

async function made(): Promise<Uint8Array> {
  const { module } = await runnerImport<{ readonly bytes: Uint8Array }>(source, {
    configFile: false,
    resolve: { alias: { "@sigma-eds/core": `${core}/index.ts` } },
  });
  return module.bytes;
}

/** Of everything that can change the result, or the form in which it is kept. */
function hashOfSources(): string {
  const hash = createHash("sha256").update(readFileSync(source));
  for (const folder of [core, `${web}/worker`, `${web}/session`]) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.includes(".test"),
    );
    for (const name of files.sort()) hash.update(name).update(readFileSync(`${folder}/${name}`));
  }
  return hash.digest("hex").slice(0, 24);
}
