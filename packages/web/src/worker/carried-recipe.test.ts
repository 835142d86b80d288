import { expect, test } from "vitest";
import { quick } from "../session/quick-recipe.test-support.js";
import { withParameterOf } from "../session/recipe-change.js";
import { LocalEngine } from "./engine.js";

async function opened(): Promise<LocalEngine> {
  const engine = new LocalEngine();
  await engine.openExample("rare-grain");
  await engine.load(0, () => {});
  return engine;
}

test("colours that are kept from the run before are in the recipe: by itself it gives the same result, to the byte", async () => {
  const engine = await opened();
  const found = await engine.run(quick, () => {});
  const other = withParameterOf(quick, "cluster", "nClusters", 7);
  const again = await engine.run(other, () => {});
  expect(again.carriedIds?.size).toBe(found.classes.length);
  const edits = again.recipe.steps.filter(({ step }) => step === "edit");
  expect(edits).toMatchObject([{ action: "keep-colours" }]);
  const kept = [...again.carriedIds!].filter(([, now]) => again.classes.some(({ id }) => id === now));
  expect(kept.length).toBeGreaterThan(2);
  const colour = (classes: typeof found.classes, id: number) => classes.find((phase) => phase.id === id)?.colour;
  for (const [before, now] of kept) expect(colour(again.classes, now)).toBe(colour(found.classes, before));

  const elsewhere = await opened();
  const alone = await elsewhere.run(again.recipe, () => {});
  expect(alone.carriedIds).toBeUndefined();
  expect(alone.classes).toEqual(again.classes);
  const [files, own] = await Promise.all([engine.resultFiles(() => {}), elsewhere.resultFiles(() => {})]);
  expect(files.map(({ path }) => path)).toEqual(own.map(({ path }) => path));
  for (const [i, { path, bytes }] of files.entries()) {
    if (path !== "result.json") expect(Buffer.from(bytes).equals(Buffer.from(own[i]!.bytes)), path).toBe(true);
  }

  // Where the same classes are found nothing is added, and what was kept stays.
  const same = await engine.run(again.recipe, () => {});
  expect(same.recipe).toEqual(again.recipe);
  expect(same.carriedIds).toBeUndefined();
}, 60_000);
