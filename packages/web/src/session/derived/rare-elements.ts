/** Elements that only a few pixels hold, too few for a class: in words, and how they are shown. */
import { type ClassDoubts, formatCount, formatNumber, fwhmKev, lineText, lineWithName, listOf } from "@sigma-eds/core";
import { fromPixels } from "../selection/select.js";
import { groundOf } from "../selection/selecting.js";
import type { ViewSession } from "../view-session.js";

export type RareElement = NonNullable<ClassDoubts["rare"]>[number];

/** `Zr, or Pt` */
export function rareNames({ element, couldBe }: Pick<RareElement, "element" | "couldBe">): string {
  return couldBe.length === 0 ? element : `${element}, or ${listOf(couldBe)}`;
}

/** Selects the pixels, flies to the first, lights the line in the spectrum, and makes the live map that of the line. */
export function showRareElement(session: ViewSession, one: RareElement, source: string): void {
  const { linked, analysis, image } = session;
  const ground = groundOf(session);
  const [first] = one.pixels;
  if (analysis === undefined || ground === undefined || first === undefined) return;
  const { grid, countMap } = analysis;
  const mask = new Uint8Array(countMap.length);
  for (const pixel of one.pixels) mask[pixel] = 1;
  linked.selection.set(fromPixels(mask, `Pixels with ${rareNames(one)}`, ground), source);
  linked.hover.set({ kind: "line", line: one.line }, source, false);
  const energyKev = lineWithName(one.line)?.energyKev;
  if (energyKev !== undefined) {
    const half = 0.6 * fwhmKev(energyKev, image?.metadata.detector.resolutionEv);
    linked.energyWindow.set({ fromKev: energyKev - half, toKev: energyKev + half, name: one.line }, source);
  }
  const inFrame = first % (grid.width * grid.height);
  const camera = linked.mapCamera.current.value;
  linked.mapCamera.set({ ...camera, x: (inFrame % grid.width) + 0.5, y: Math.floor(inFrame / grid.width) + 0.5 }, source);
}

/** What a hover says: `41 counts at Zr Lα, 3 expected`. */
export function rareEvidence({ line, counts, expected }: Pick<RareElement, "line" | "counts" | "expected">): string {
  return `${formatCount(counts)} counts at ${lineText(line)}, ${formatNumber(expected, 2)} expected`;
}
