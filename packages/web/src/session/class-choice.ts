/** Which classes are meant by what is done with classes, and how one comes to be meant. */
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import type { Linked } from "./linked.js";
import { selectClasses } from "./selection/selecting.js";
import type { ViewSession } from "./view-session.js";

/** The chosen classes that are there, else the active one; empty when none is. */
export function classesMeant(
  { classes }: Pick<AnalysisSnapshot, "classes">,
  chosen: readonly number[],
  active: number | undefined,
): number[] {
  const isThere = (id: number): boolean => classes.some((phase) => phase.id === id);
  const present = chosen.filter(isThere);
  if (present.length > 0) return present;
  return active !== undefined && isThere(active) ? [active] : [];
}

/** Makes the last of them the class that is compared against and acted on, and selects the pixels of all. */
export function chooseClasses(session: ViewSession, ids: readonly number[], source: string): void {
  const { linked } = session;
  linked.chosenClasses.set(ids, source);
  activate(linked, ids.at(-1), source);
  if (ids.length > 0) selectClasses(session, ids, linked.mode.current.value, source);
}

/** Makes one class the only one that is acted on, and selects nothing. */
export function actOn(linked: Linked, id: number, source: string): void {
  linked.chosenClasses.set([id], source);
  activate(linked, id, source);
}

function activate(linked: Linked, active: number | undefined, source: string): void {
  linked.visibleClasses.set({ ...linked.visibleClasses.current.value, active }, source);
}
