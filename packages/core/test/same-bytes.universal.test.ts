import { beforeAll, describe, expect, test } from "vitest";
import { threadsOfThisOne } from "../src/algorithms/threads.test-support.js";
import {
  type Analysis,
  makePhantom,
  parseRecipe,
  presetRecipe,
  presets,
  runRecipe,
  type ThreadPool,
  type ThreadReply,
  threadPool,
} from "../src/index.js";

/*
 * SHA-256 of what the presets give on a small phantom, with one thread and with several. This file runs in Node and in Chromium against one snapshot, so both must
 * give the same bytes, on every machine. A change of a method changes them: then update the snapshot and say why in the commit. Threads that share memory are
 * tested with worker threads of Node: packages/cli/test/threads.test.ts.
 */

async function sha256(data: Int32Array | Float32Array | Float64Array): Promise<string> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

async function hashes({ labels, latent, classSpectra, unmixing }: Analysis) {
  const joined = (spectra: readonly Float64Array[]) => Float64Array.from(spectra.flatMap((spectrum) => [...spectrum]));
  return {
    labels: await sha256(labels ?? new Int32Array()),
    latent: await sha256(latent?.data ?? new Float32Array()),
    spectra: await sha256(joined(classSpectra)),
    endmembers: await sha256(joined(unmixing?.endmembers ?? [])),
    abundances: await sha256(unmixing?.abundances ?? new Float32Array()),
  };
}

/** Workers where there are some, on copies of what they are given; in Node this thread itself. */
function severalThreads(): ThreadPool {
  if (typeof Worker === "undefined") return threadsOfThisOne(2, false);
  return threadPool({
    helpers: 1,
    sharesMemory: false,
    start({ reply, lost }) {
      const worker = new Worker(new URL("./thread-worker.test-support.ts", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }: MessageEvent<ThreadReply>) => reply(data));
      worker.addEventListener("error", (event) => lost(event.message));
      return {
        send: (request) => worker.postMessage(request),
        async end() {
          worker.terminate();
        },
      };
    },
  });
}

describe.each(Object.keys(presets))("preset %s", (name) => {
  let first: Analysis;
  let again: Analysis;
  beforeAll(async () => {
    const { image } = await makePhantom({ width: 48, height: 36, countsPerPixel: 150, particles: 14, seed: 5 });
    const recipe = parseRecipe({ ...presetRecipe(name), seed: 3 });
    first = (await runRecipe(image, recipe)).analysis;
    const threads = severalThreads();
    again = (await runRecipe(image, recipe, { threads })).analysis;
    expect(threads.helpers).toBeGreaterThan(0);
    await threads.close();
  }, 120_000);

  test("twice in a row, the second time with several threads, gives the same bytes", async () => {
    expect(await hashes(again)).toEqual(await hashes(first));
  });

  test("gives the bytes that every machine gives", async () => {
    expect(await hashes(first)).toMatchSnapshot();
  });
});
