/** An example with its result as a session file: made when the app is built, so that the first look needs no waiting. */
import { presetRecipe, writeSessionArchive } from "@sigma-eds/core";
import { LocalEngine } from "../worker/engine.js";
import { lightened } from "../worker/kept-run.js";
import { withEdits } from "../worker/run-plan.js";
import { exampleEdits } from "./example-edits.js";
import { savedPage } from "./saved-page.js";
import { startState } from "./session-state.js";

/** The example as it was found, its classes named from the evidence: the names are edits, which Ctrl Z takes back. */
export async function analysedExample(id: string): Promise<Uint8Array> {
  const engine = new LocalEngine();
  await engine.openExample(id);
  const image = await engine.load(0, () => {});
  const recipe = presetRecipe("auto");
  const timeline = exampleEdits(await engine.run(recipe, () => {}));
  await engine.replay(
    withEdits(
      recipe,
      timeline.flatMap(({ edits }) => edits),
    ),
  );
  const analysis = await engine.finish();
  const page = savedPage({ ...startState, image, analysis, recipe, timeline, applied: timeline.length }, 0);
  const run = await engine.keep();
  return writeSessionArchive({ page, run: run && lightened(run) });
}
