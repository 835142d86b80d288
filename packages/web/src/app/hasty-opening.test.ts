import { expect, test, vi } from "vitest";
import type { Autosave } from "../session/autosave.js";
import { image, slowSession } from "../session/hasty.test-support.js";
import type { SessionStorage, StoredSession } from "../session/storage.js";
import { openGiven } from "./open-given.js";
import { openStored } from "./start-up.js";

const stored = { id: "session 1", page: { name: "before.bcf", timeline: [], applied: 0 } } as unknown as StoredSession;
const saving: Autosave = { claim: async () => true, adopt: () => {}, flush: async () => {}, leave: () => {}, stop: () => {} };
const recipe = new File([JSON.stringify({ schemaVersion: 1, steps: [{ step: "elements" }] })], "own.json");

test("a file that is opened while the session from before is read from the storage is not replaced by it", async () => {
  const { session, asked } = slowSession({});
  let read: (origin: { kind: "files"; files: readonly File[] }) => void = () => {};
  const storage = {
    origin: () => new Promise((resolve) => (read = resolve)),
    run: async () => undefined,
  } as unknown as SessionStorage;
  const restoring = openStored(session, storage, saving, stored);
  void session.actions.openFiles([new File([], "wanted.bcf")]);
  read({ kind: "files", files: [] });
  expect(await restoring).toBe(true);
  expect(asked().map(({ name }) => name)).toEqual(["open"]);
  expect(session.store.getState().activity).toMatchObject({ kind: "opening", name: "wanted.bcf" });
});

test("a recipe waits for the edit that is being made, and is refused where an image or a run would undo it", async () => {
  const { session } = slowSession();
  const { store } = session;
  const given = () => openGiven(session, [recipe]);
  const said = () => store.getState().said?.sentence;
  const before = store.getState().recipe;
  store.setState({ activity: { kind: "opening", name: "other.bcf" } });
  await given();
  expect(said()).toMatch(/^Wait for what is running/);
  store.setState({ activity: { kind: "idle" }, image: undefined });
  await given();
  expect(said()).toMatch(/^Open a spectrum image first/);
  expect(store.getState().recipe).toBe(before);
  store.setState({ image, activity: { kind: "editing", sentence: "Merged" } });
  const waiting = given();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(store.getState().recipe).toBe(before);
  store.setState({ activity: { kind: "idle" } });
  await waiting;
  await vi.waitFor(() => expect(store.getState().recipe.steps).toMatchObject([{ step: "elements" }]));
});
