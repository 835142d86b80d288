import { type ModalShare, modalShares } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

const known = new WeakMap<AnalysisSnapshot, readonly ModalShare[]>();

/** Areas and weights of the classes, in their order; computed once for each analysis: it takes a pass over all pixels and classes. */
export function modalSharesOf(analysis: AnalysisSnapshot): readonly ModalShare[] {
  const before = known.get(analysis);
  if (before !== undefined) return before;
  const shares = modalShares(analysis);
  known.set(analysis, shares);
  return shares;
}
