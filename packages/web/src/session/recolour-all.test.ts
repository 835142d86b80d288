import { classColour, type EditInput, mineralColour } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { smallMapSession } from "../views/map/small-map-session.test-support.js";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { linkedValues } from "./linked.js";
import { colourAsMinerals, colourFarFromNeighbours, mineralEdits, mineralRefusal, spreadColoursAgain } from "./recolour-all.js";
import type { ViewSession } from "./view-session.js";

function sessionWith(...names: readonly string[]) {
  const { session } = smallMapSession(linkedValues());
  const classes = session.analysis!.classes.map((phase, i) => ({ ...phase, name: names[i] ?? phase.name }));
  const [edit, say] = [vi.fn(async (_edits: readonly EditInput[], _sentence?: string) => {}), vi.fn()];
  const shown: ViewSession = {
    ...session,
    analysis: { ...session.analysis!, classes },
    actions: { ...session.actions, edit, say },
  };
  return { session: shown, edit, say };
}

/** The session after the edits of colours. */
function recoloured(session: ViewSession, edits: readonly EditInput[]): ViewSession {
  const colourOf = (id: number) =>
    edits.flatMap((edit) => (edit.action === "recolour" && edit.id === id ? [edit.colour] : []))[0];
  const classes = session.analysis!.classes.map((phase) => ({ ...phase, colour: colourOf(phase.id) ?? phase.colour }));
  return { ...session, analysis: { ...session.analysis!, classes } };
}

test("classes with names of phases get mineral colours in one edit, others keep theirs, and spreading goes back", async () => {
  const { session, edit, say } = sessionWith("Quartz", "Groundmass");
  expect(mineralRefusal(session)).toBeUndefined();
  await colourAsMinerals(session);
  const edits: EditInput[] = [{ step: "edit", action: "recolour", id: 0, colour: mineralColour("Quartz")! }];
  expect(edit.mock.calls).toEqual([[edits, "Coloured the classes as minerals"]]);
  const after = recoloured(session, edits);
  await colourAsMinerals(after);
  expect(edit).toHaveBeenCalledTimes(1);
  expect(say).toHaveBeenLastCalledWith("Classes have their mineral colours already.");
  await spreadColoursAgain(after);
  expect(edit).toHaveBeenLastCalledWith(
    [{ step: "edit", action: "recolour", id: 0, colour: classColour(0) }],
    "Spread the colours again",
  );
});

test("there is a reason where no class has the name of a phase, and where nothing can be edited", () => {
  expect(mineralRefusal(sessionWith("Si-O", "Groundmass").session)).toMatch(/^No class has the name of a phase/);
  expect(mineralRefusal({ ...sessionWith("Quartz").session, analysis: undefined })).toBe("Find the phases first.");
});

test("a phase of the user's own counts by its formula", () => {
  const { analysis } = sessionWith("Slag").session;
  const identity = { id: 0, shown: [{ name: "slag", formula: "Ca2SiO4" }] };
  const identities = [identity] as unknown as AnalysisSnapshot["identities"];
  expect(mineralEdits({ ...analysis!, identities })).toHaveLength(1);
  expect(mineralEdits(analysis!)).toEqual([]);
});

test("one class gets a free colour far from its neighbours, and it is said where it has it", async () => {
  const { session, edit, say } = sessionWith();
  await colourFarFromNeighbours(session, 1);
  const [edits] = edit.mock.calls[0]!;
  expect(edits).toMatchObject([{ action: "recolour", id: 1 }]);
  await colourFarFromNeighbours(recoloured(session, edits), 1);
  expect(edit).toHaveBeenCalledTimes(1);
  expect(say).toHaveBeenLastCalledWith("No free colour is farther from its neighbours.");
});
