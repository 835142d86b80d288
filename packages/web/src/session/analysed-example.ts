/** An example with its result as a session file: made when the app is built, so that the first look needs no waiting. */
import { presetRecipe, writeSessionArchive } from "@sigma-eds/core";
import { LocalEngine } from "../worker/engine.js";
import { lightened } from "../worker/kept-run.js";
import { savedPage } from "./saved-page.js";
import { startState } from "./session-state.js";

export async function analysedExample(id: string): Promise<Uint8Array> {
  const engine = new LocalEngine();
  await engine.openExample(id);
  const image = await engine.load(0, () => {});
  const recipe = presetRecipe("auto");
  const analysis = await engine.run(recipe, () => {});
  const page = savedPage({ ...startState, image, analysis, recipe }, 0);
  const run = await engine.keep();
  return writeSessionArchive({ page, run: run && lightened(run) });
}
