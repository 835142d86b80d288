import { beforeAll, describe, expect, test } from "vitest";
import { type Analysis, makePhantom, parseRecipe, presetRecipe, runRecipe } from "../src/index.js";

/*
 * SHA-256 of what the presets give on a small phantom. This file runs in Node and in Chromium against one snapshot, so both must give the
 * same bytes, on every machine. A change of a method changes them: then update the snapshot and say why in the commit.
 */

async function sha256(data: Int32Array | Float32Array | Float64Array): Promise<string> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

async function hashes({ labels, latent, unmixing }: Analysis) {
  const endmembers = Float64Array.from((unmixing?.endmembers ?? []).flatMap((spectrum) => [...spectrum]));
  return {
    labels: await sha256(labels ?? new Int32Array()),
    latent: await sha256(latent?.data ?? new Float32Array()),
    endmembers: await sha256(endmembers),
    abundances: await sha256(unmixing?.abundances ?? new Float32Array()),
  };
}

describe.each(["auto", "sigma-umap-gmm"] as const)("preset %s", (name) => {
  let first: Analysis;
  let again: Analysis;
  beforeAll(async () => {
    const { image } = await makePhantom({ width: 48, height: 36, countsPerPixel: 150, particles: 14, seed: 5 });
    const recipe = parseRecipe({ ...presetRecipe(name), seed: 3 });
    first = (await runRecipe(image, recipe)).analysis;
    again = (await runRecipe(image, recipe)).analysis;
  }, 120_000);

  test("twice in a row gives the same bytes", async () => {
    expect(await hashes(again)).toEqual(await hashes(first));
  });

  test("gives the bytes that every machine gives", async () => {
    expect(await hashes(first)).toMatchSnapshot();
  });
});
