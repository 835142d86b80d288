import { lowPass } from "../../kernels/low-pass.js";
import { breather } from "../../spectrum-image/context.js";
import type { StepContext } from "../step.js";
import { withEntry } from "./class-table.js";
import type { EditOf } from "./edit-schema.js";
import { type Change, type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";
import { freeClass } from "./present-class.js";

/**
 * A class with a smoother outline: its mask, plane by plane, without its high frequencies, where that lies above a threshold. Pixels inside come to the
 * class unless their own is locked or the mask of the analysis leaves them out; pixels outside become unassigned.
 */
export async function smoothed(
  { analysis, labels, table }: EditState,
  { id, keepFraction, threshold }: EditOf<"smooth">,
  context: StepContext,
): Promise<Change | Refusal> {
  const entry = freeClass({ table }, id);
  if (isRefusal(entry)) return entry;
  if (!labels.includes(id)) return refuse("nothing-selected", `Class ${id} has no pixels.`);
  const inside = await smoothMask(labels, id, analysis.image.counts.navigationShape, keepFraction, threshold, context);
  const locked = new Set(table.entries.filter((other) => other.locked).map((other) => other.id));
  const after = labels.slice();
  const from = new Set([id]);
  let keptByLocks = 0;
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p]!;
    if (label === id && inside[p] === 0) after[p] = -1;
    if (label === id || inside[p] === 0 || analysis.mask?.[p] === 0) continue;
    if (locked.has(label)) keptByLocks += 1;
    else {
      from.add(label);
      after[p] = id;
    }
  }
  if (after.every((label, p) => label === labels[p]))
    return refuse("nothing-changes", `The outline of class ${id} stays as it is.`);
  if (!after.includes(id)) return refuse("nothing-selected", `Nothing of class ${id} would be left.`);
  const origin = { action: "smooth" as const, from: [...from].sort((a, b) => a - b) };
  return { labels: after, table: withEntry(table, id, { madeOf: [...entry.madeOf, origin] }), keptByLocks };
}

/** Uint8 [pixels]: 1 where the smoothed mask of a class lies above the threshold. */
async function smoothMask(
  labels: Int32Array,
  id: number,
  navigationShape: readonly number[],
  keepFraction: number,
  threshold: number,
  context: StepContext,
): Promise<Uint8Array> {
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const breath = breather(context);
  const inside = new Uint8Array(labels.length);
  for (let start = 0; start < labels.length; start += width * height) {
    const mask = Uint8Array.from(labels.subarray(start, start + width * height), (label) => (label === id ? 1 : 0));
    const smooth = await lowPass(mask, width, height, keepFraction, breath);
    smooth.forEach((value, p) => {
      inside[start + p] = value > threshold ? 1 : 0;
    });
  }
  return inside;
}
