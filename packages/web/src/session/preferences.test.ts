import { afterEach, expect, test, vi } from "vitest";
import { slowSession } from "./hasty.test-support.js";
import { keepPreferences } from "./preferences.js";

afterEach(() => vi.unstubAllGlobals());

function browserWith(saved: string | null): { text: string | null } {
  const kept = { text: saved };
  vi.stubGlobal("localStorage", { getItem: () => kept.text, setItem: (_: string, text: string) => (kept.text = text) });
  return kept;
}

test("what a user chose is there in the next session, whatever is open", () => {
  const kept = browserWith(null);
  const first = slowSession({}).session.store;
  const stop = keepPreferences(first);
  expect(first.getState()).toMatchObject({ singleKeys: true, patternsForAll: false, themeChoice: "system" });
  first.setState({ stage: "edit" });
  expect(kept.text).toBeNull();
  first.setState({ singleKeys: false, patternsForAll: true, themeChoice: "light" });
  stop();
  first.setState({ singleKeys: true });
  const next = slowSession({}).session.store;
  keepPreferences(next);
  expect(next.getState()).toMatchObject({ singleKeys: false, patternsForAll: true, themeChoice: "light", allControls: false });
});

test("what another version saved, or what is no JSON, is left where it does not fit", () => {
  browserWith(JSON.stringify({ singleKeys: "no", patternsForAll: true, classColumns: [1], stage: "report" }));
  const { store } = slowSession({}).session;
  keepPreferences(store);
  expect(store.getState()).toMatchObject({
    singleKeys: true,
    patternsForAll: true,
    classColumns: ["area", "interval"],
    stage: "edit",
  });
  browserWith("{");
  expect(() => keepPreferences(slowSession({}).session.store)).not.toThrow();
});
