import type { Session } from "../session/session.js";

/** Opens an example and finds its phases, for looking at; not where something is told meanwhile, which a run would take away. */
export async function openAnalysed({ actions, store }: Session, id: string): Promise<void> {
  await actions.openExample(id);
  const { origin, image, analysis, activity, problem } = store.getState();
  if (activity.kind !== "idle" || problem !== undefined) return;
  if (image !== undefined && analysis === undefined && origin?.kind === "example" && origin.id === id) await actions.findPhases();
}
