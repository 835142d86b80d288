import { afterEach, expect, test, vi } from "vitest";
import { analysis, image, slowSession } from "../session/hasty.test-support.js";
import { problemOf } from "../session/problems.js";
import { isOwnWork, type SavedSession } from "../session/saved-page.js";
import { openExample, openExampleAnew } from "./start-up.js";

afterEach(() => vi.unstubAllGlobals());

test("the example that is opened again, and computed, has the names and the colour of the tape that it is first shown with", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
  vi.stubGlobal("document", { baseURI: "http://localhost/" });
  const { session, nth } = slowSession();
  const { store } = session;
  const classes = [
    { id: 0, name: "Si-O", pixels: 20 },
    { id: 1, name: "C", pixels: 90 },
  ];
  const identities = [{ id: 0, verdict: "one", shown: [{ name: "quartz" }] }];
  const opened = openExampleAnew(session, "seven-minerals");
  (await nth("openExample", 1)).answer({ name: "Seven minerals", datasets: [{}], images: [], findings: [] });
  (await nth("load", 1)).answer(image);
  (await nth("run", 1)).answer({ ...analysis, classes, identities });
  const { answer, given } = await nth("replay", 1);
  expect(given[0]).toMatchObject({
    steps: expect.arrayContaining([
      { step: "edit", action: "rename", id: 0, name: "Quartz" },
      { step: "edit", action: "rename", id: 1, name: "Carbon tape" },
      { step: "edit", action: "recolour", id: 1, colour: "#45484d" },
    ]),
  });
  answer({ ...analysis, classes, identities });
  await opened;
  const { timeline, applied } = store.getState();
  expect([timeline.length, applied, isOwnWork({ timeline: timeline as never, applied })]).toEqual([2, 2, false]);
});

test("who is asked for the file of a session is still asked when the example comes, which finds no phases meanwhile", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
  vi.stubGlobal("document", { baseURI: "http://localhost/" });
  const { session, nth, asked } = slowSession();
  const { store } = session;
  store.setState({ onStart: true, image: undefined, origin: undefined });
  const opened = openExample(session);
  const { answer } = await nth("openExample", 1);
  const problem = problemOf("other-input", new Error("This session needs its file."));
  store.setState({ problem, awaiting: { page: { sha256: "other" } } as SavedSession });
  answer({ name: "Seven minerals", datasets: [{}], images: [], findings: [] });
  (await nth("load", 1)).answer(image);
  await opened;
  expect(store.getState()).toMatchObject({ problem, activity: { kind: "idle" } });
  expect(asked("run")).toEqual([]);

  // Asked before the example was begun: nothing is.
  await openExample(session);
  expect(asked("openExample")).toHaveLength(1);
});
