/** Masks as the app hands them out by themselves: each file has the number and the name that its class has in the list. */
import type { PhaseClass } from "@sigma-eds/core";
import type { ResultBytes } from "../worker/engine-protocol.js";

const MASK = /^masks\/class-(\d+)(.*)\.tif$/;
const MOST_LETTERS = 60;

/** Of the files of a result its masks, `masks/1-Si-O-Al.tif` for the first class; classes in the order of the list. */
export function namedMasks(
  files: readonly ResultBytes[],
  classes: readonly Pick<PhaseClass, "id" | "name">[],
): readonly ResultBytes[] {
  return files.flatMap(({ path, bytes }) => {
    const [, id, plane] = MASK.exec(path) ?? [];
    const at = classes.findIndex((one) => one.id === Number(id));
    return id === undefined || at < 0 ? [] : [{ path: `masks/${at + 1}-${inFileName(classes[at]!.name)}${plane}.tif`, bytes }];
  });
}

/** A name without what file systems refuse. */
function inFileName(name: string): string {
  const kept = [...name.replace(/[<>:"/\\|?*\p{C}]/gu, "_")]
    .slice(0, MOST_LETTERS)
    .join("")
    .replace(/[. ]+$/, "");
  return kept === "" ? "class" : kept;
}
