import type { EditInput } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { analysis, slowSession } from "../../session/hasty.test-support.js";
import { newestViewSession } from "../../session/use-view-session.js";
import { partsPreview } from "./parts-preview.js";

const split = (parts: number): EditInput => ({ step: "edit", action: "split", id: 0, by: "k-means", nClusters: parts });

function previewing() {
  const { session, asked, nth } = slowSession();
  const told: boolean[] = [];
  const preview = partsPreview(newestViewSession(session)(), (isShown) => told.push(isShown));
  let answered = 0;
  const answer = async (count = 1): Promise<void> => {
    for (let i = 0; i < count; i++) (await nth("replay", ++answered)).answer(analysis);
  };
  const applied = () => session.store.getState().timeline.slice(0, session.store.getState().applied);
  const parts = () => applied().flatMap((entry) => (entry.kind === "edit" ? entry.edits : []));
  return { session, asked, begun: () => nth("replay", 1), told, preview, answer, parts };
}

test("looks that are asked for quickly take each other's place, and the newest is what stays", async () => {
  const { preview, answer, asked, parts, told } = previewing();
  const looks = [preview.look(split(2)), preview.look(split(3)), preview.look(split(4))];
  await answer(3);
  await Promise.all(looks);
  expect(parts()).toEqual([split(4)]);
  expect(asked("replay")).toHaveLength(3);
  expect(told.at(-1)).toBe(true);
  await preview.keep();
  expect(told.at(-1)).toBe(false);
  await preview.discard();
  expect(parts()).toEqual([split(4)]);
});

test("a look that is discarded while it is being made is taken back and leaves no line; what was selected since stays", async () => {
  const { session, begun, preview, answer, parts, told } = previewing();
  const look = preview.look(split(2));
  await begun();
  const discarded = preview.discard();
  session.linked.selection.set({ mask: new Uint8Array(2).fill(1), count: 2, made: "All", parts: [] }, "map");
  await answer(2);
  await Promise.all([look, discarded]);
  expect(parts()).toEqual([]);
  expect(told.at(-1)).toBe(false);
  expect(session.linked.selection.current.value.count).toBe(2);
  expect(session.store.getState().timeline.map(({ kind }) => kind)).toEqual(["selection"]);
  expect(session.store.getState().branches).toEqual([]);
});

test("what was edited since a look is not undone with it", async () => {
  const { session, begun, preview, answer, parts } = previewing();
  const look = preview.look(split(2));
  await begun();
  const acts = [look, session.actions.edit([{ step: "edit", action: "lock", id: 0, locked: true }])];
  await answer(2);
  await Promise.all(acts);
  await preview.discard();
  expect(parts().map(({ action }) => action)).toEqual(["split", "lock"]);
  expect(session.store.getState().said?.sentence).toMatch(/^Something else was done since/);
});
