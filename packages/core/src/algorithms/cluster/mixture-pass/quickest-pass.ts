import type { UsedPoints } from "../clustering.js";
import { kernelPass } from "./kernel-pass.js";
import type { MixturePass } from "./mixture-pass.js";
import { referencePass } from "./reference-pass.js";

/** The quickest pass that this host has; all give the same bits. */
export async function quickestPass(points: UsedPoints, components: number, isDiagonal: boolean): Promise<MixturePass> {
  return (await kernelPass(points, components, isDiagonal)) ?? referencePass(points, components, isDiagonal);
}
