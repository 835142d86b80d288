import { parseRecipeText, type Recipe } from "@sigma-eds/core";
import { problemOf } from "../session/problems.js";
import type { Session } from "../session/session.js";
import type { SessionState } from "../session/session-state.js";
import { resultAfterEdit } from "../session/settled.js";

/** What was dropped or chosen: a session, a recipe, or files of the microscope. */
export async function openGiven(session: Session, files: readonly File[]): Promise<void> {
  const [file, second] = files;
  if (file === undefined) return;
  if (second === undefined && /\.sigma$/i.test(file.name)) {
    await session.openSession(file.name, new Uint8Array(await file.arrayBuffer()));
    if (session.store.getState().problem === undefined) session.store.setState({ onStart: false });
    return;
  }
  if (second === undefined && /\.json$/i.test(file.name)) {
    await openRecipe(session, file);
    return;
  }
  await session.actions.openFiles(files);
}

/** Why a recipe cannot be taken over now: opening an image begins with a recipe of its own, and a run ends with the edits that it began with. */
function recipeRefusal({ image, activity }: SessionState): string | undefined {
  const isBusy = activity.kind !== "idle" && activity.kind !== "editing";
  if (isBusy) return "Wait for what is running, or stop it; then open the recipe.";
  return image === undefined ? "Open a spectrum image first, then the recipe." : undefined;
}

async function openRecipe(session: Session, file: File): Promise<void> {
  try {
    await takeRecipe(session, parseRecipeText(await file.text()), file.name);
  } catch (error) {
    session.store.setState({ problem: problemOf("file", error) });
  }
}

/** The steps of a recipe become those of the controls, and its edits the edits, when the edit that is being made is done. `from` is where it comes from. */
export async function takeRecipe(
  { store, actions }: Pick<Session, "store" | "actions">,
  recipe: Recipe,
  from: string,
): Promise<void> {
  while (store.getState().activity.kind === "editing") await resultAfterEdit(store);
  const refusal = recipeRefusal(store.getState());
  if (refusal !== undefined) {
    actions.say(refusal);
    return;
  }
  const edits = recipe.steps.filter((entry) => entry.step === "edit");
  const entry = { id: Date.now(), kind: "edit", sentence: `Edits of ${from}`, edits } as const;
  const timeline = edits.length === 0 ? [] : [entry];
  store.setState({ timeline, applied: timeline.length, branches: [] });
  actions.changeRecipe({
    ...recipe,
    dataset: store.getState().image?.dataset ?? 0,
    steps: recipe.steps.filter(({ step }) => step !== "edit"),
  });
  actions.goToStage("find-phases");
  actions.say(`Recipe of ${from}. Find phases runs it.`);
}
