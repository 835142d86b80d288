/** After a run or an edit: a class that is gone is neither the active one nor shown alone, and nothing is asked of it any more. What is hidden or locked stays so, since undo may bring it back. */
import type { SessionParts } from "./session.js";

/** Gives the way to stop. */
export function shownClasses({ store, linked }: Pick<SessionParts, "store" | "linked">): () => void {
  return store.subscribe(({ analysis, partial }, before) => {
    if (analysis === before.analysis || analysis === undefined || partial) return;
    const { value } = linked.visibleClasses.current;
    const present = (id: number | undefined) => (analysis.classes.some((phase) => phase.id === id) ? id : undefined);
    const [active, solo] = [present(value.active), present(value.solo)];
    if (active !== value.active || solo !== value.solo) linked.visibleClasses.set({ ...value, active, solo }, "session");
    const asked = linked.classAsk.current.value;
    if (asked !== undefined && "id" in asked && present(asked.id) === undefined) linked.classAsk.set(undefined, "session");
  });
}
