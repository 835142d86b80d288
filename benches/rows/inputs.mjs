/** Files that both sides read: points of a cloud, phantoms as .rpl and .bcf. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readNpy, writeNpy } from "../../packages/core/dist/formats/npy/npy.js";
import { parseTruth } from "../../packages/core/dist/phantom/truth-document.js";
import { root } from "../../scripts/setup.mjs";
import { clouds } from "../data.mjs";

/** One line of each element of the phantom `seven-minerals`. */
export const phantomLines = "C_Ka O_Ka F_Ka Na_Ka Mg_Ka Al_Ka Si_Ka P_Ka K_Ka Ca_Ka Ti_Ka Fe_Ka".split(" ");

/** Clouds of points (`data.mjs`) as a .npy file. */
export function cloudFile({ points, columns, apart }, folder) {
  const cloud = clouds(points, columns, { apart });
  const path = join(folder, "points.npy");
  writeFileSync(path, writeNpy({ shape: [points, columns], data: cloud.data }));
  return { cloud, input: { points: path } };
}

/** The phantom `seven-minerals` of this size, made once: path of its .rpl, and its truth. */
export function phantomFile({ width, height, counts }, folder) {
  const place = join(folder, "..", `phantom-${width}-${height}-${counts}`);
  const words = ["--width", width, "--height", height, "--counts", counts, "--progress", "none"].map(String);
  if (!existsSync(place)) {
    const program = join(root, "packages/cli/bin/sigma.js");
    const { status, stderr } = spawnSync(process.execPath, [program, "phantom", "--out", place, ...words], { encoding: "utf8" });
    if (status !== 0) throw new Error(`sigma phantom failed: ${stderr}`);
  }
  return { file: join(place, "phantom.rpl"), truth: () => parseTruth(readFileSync(join(place, "truth.json"), "utf8")) };
}

/** What a process left behind under this name. */
export function left(out, name) {
  return readNpy(readFileSync(join(out, `${name}.npy`)), name);
}

/** Share of equal numbers in two lists; 0 where their lengths differ. */
export function equalShare(found, expected) {
  if (found.length !== expected.length) return 0;
  let equal = 0;
  for (let i = 0; i < found.length; i++) if (found[i] === expected[i]) equal += 1;
  return equal / found.length;
}

export function sizeOfCloud({ points, columns }) {
  return `${points.toLocaleString("en")} x ${columns}`;
}

export function sizeOfPhantom({ width, height }) {
  return `${(width * height).toLocaleString("en")} pixels x 2,048`;
}
