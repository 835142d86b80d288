import type { Session } from "../session/session.js";

/** Opens an example and finds its phases, for looking at. */
export async function openAnalysed({ actions, store }: Session, id: string): Promise<void> {
  await actions.openExample(id);
  const { origin, image, analysis, activity } = store.getState();
  if (activity.kind !== "idle") return;
  if (image !== undefined && analysis === undefined && origin?.kind === "example" && origin.id === id) await actions.findPhases();
}
