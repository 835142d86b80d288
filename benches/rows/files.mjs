import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pass, sumSpectrum, windowMaps } from "../../packages/core/dist/spectrum-image/pass.js";
import { root } from "../../scripts/setup.mjs";
import { imageOf } from "../ours/loading.mjs";
import { equalShare, left, phantomFile, sizeOfPhantom } from "./inputs.mjs";

const qualityText = "share of equal numbers in what was read";

export const bcf = {
  id: "bcf",
  title: "Load a .bcf",
  targets: { warm: { target: 1, stretch: 2 }, cold: { target: 8, stretch: 15 } },
  peers: ["RosettaSciIO, compiled"],
  // Of ours the first is the program `sigma info`, the others are reading alone.
  runs: { ours: 3 },
  size: { width: 250, height: 200, counts: 180 },
  quickSize: { width: 60, height: 50, counts: 180 },
  sizeText: sizeOfPhantom,
  qualityText,
  async prepare(size, folder) {
    const { counts } = await imageOf({ file: phantomFile(size, folder).file });
    const file = join(folder, "phantom.bcf");
    writeFileSync(file, await bcfOf(counts));
    const [sum] = await pass(counts, [sumSpectrum(counts)]);
    return { sum, input: { file } };
  },
  quality: ({ sum }, out) => equalShare(left(out, "sum").data, sum),
};

export const rpl = {
  id: "rpl",
  title: "Open a .rpl, sum spectrum and 12 maps",
  targets: { memory: { target: 8 } },
  peers: ["HyperSpy", "HyperSpy, lazy"],
  size: { width: 720, height: 680, counts: 180 },
  quickSize: { width: 100, height: 80, counts: 180 },
  sizeText: (size) => `${sizeOfPhantom(size)}, ${Math.round((size.width * size.height * 2048) / 1e6)} MB`,
  qualityText,
  async prepare(size, folder) {
    const { file } = phantomFile(size, folder);
    const windows = Array.from({ length: 12 }, (_, i) => [45 + 30 * i, 60 + 30 * i]);
    const { counts } = await imageOf({ file });
    const asked = windows.map(([start, end]) => ({ start, end }));
    const [sum, maps] = await pass(counts, [sumSpectrum(counts), windowMaps(counts, asked)]);
    return { numbers: [sum, ...maps], input: { file, windows } };
  },
  quality({ numbers }, out) {
    const found = [...left(out, "sum").data, ...left(out, "maps").data];
    return equalShare(
      found,
      numbers.flatMap((list) => [...list]),
    );
  },
};

/** The bytes of a .bcf with these counts, pulse by pulse in 12 bits as microscopes write maps of few counts; by the writer of the tests. */
async function bcfOf(counts) {
  const { bcfBytes } = await testWriter();
  const [height, width] = counts.navigationShape;
  const dense = new Uint16Array(height * width * counts.channels);
  for (const { firstPixel, pixels, rowStart, channel, count } of counts.stored) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]; i < rowStart[p + 1]; i++) dense[(firstPixel + p) * counts.channels + channel[i]] = count[i];
    }
  }
  // RosettaSciIO takes the size of the map from its picture.
  const image = { name: "BSE", width, height, itemSize: 1, values: Array.from({ length: width * height }, (_, i) => i % 251) };
  const cube = { height, width, channels: counts.channels, counts: dense, packing: () => "12bit" };
  return bcfBytes({ cubes: [cube], images: [image] });
}

/** The writer is TypeScript beside the tests and belongs to no package, so it is compiled here. */
async function testWriter() {
  const { default: typescript } = await import("typescript");
  const source = readFileSync(join(root, "packages/core/src/formats/bcf/bcf-writer.test-support.ts"), "utf8");
  const { outputText } = typescript.transpileModule(source, { compilerOptions: { module: "esnext", target: "es2023" } });
  const folder = mkdtempSync(join(root, "benches", ".writer-"));
  try {
    const file = join(folder, "bcf-writer.mjs");
    writeFileSync(file, outputText);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
