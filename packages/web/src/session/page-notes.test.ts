import { expect, test } from "vitest";
import { pageNotes } from "./page-notes.js";
import type { SavedPage } from "./saved-page.js";

function notebook() {
  const kept = new Map<string, string>();
  const room: { isLeft: boolean } = { isLeft: true };
  const storage = {
    get length() {
      return kept.size;
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (!room.isLeft) throw new DOMException("No room is left.", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, room, storage };
}

const page = (savedAt: number, applied = 0) => ({ sha256: "a", savedAt, applied }) as SavedPage;

test("the newer of note and page is given, also in a window that was loaded anew; a note of another input is none", () => {
  const { storage } = notebook();
  pageNotes(() => storage).note("one", page(5, 1));
  const notes = pageNotes(() => storage);
  expect(notes.newest("one", page(4)).applied).toBe(1);
  expect(notes.newest("one", page(6)).applied).toBe(0);
  expect(notes.newest("two", page(4)).applied).toBe(0);
  expect(notes.newest("one", { ...page(4), sha256: "b" }).applied).toBe(0);
});

test("a note goes when its page is written, not when one before it is", () => {
  const { kept, storage } = notebook();
  const notes = pageNotes(() => storage);
  const [first, second] = [page(5), page(5, 1)];
  notes.note("one", first);
  notes.note("one", second);
  notes.written("one", first);
  expect(notes.newest("one", first).applied).toBe(1);
  notes.written("one", second);
  expect(kept.size).toBe(0);
});

test("notes of sessions that are not there are removed, what else is kept there stays", () => {
  const { kept, storage } = notebook();
  const notes = pageNotes(() => storage);
  storage.setItem("sigma-preferences", "{}");
  for (const id of ["one", "two", "three"]) notes.note(id, page(1));
  notes.keepOnly(["two", "three"]);
  notes.remove("three");
  expect([...kept.keys()]).toEqual(["sigma-preferences", "sigma session two"]);
});

test("without room, with a note that is none, and without a notebook the page stays as it was written", () => {
  const { room, storage } = notebook();
  const notes = pageNotes(() => storage);
  storage.setItem("sigma session one", "{");
  room.isLeft = false;
  notes.note("one", page(5, 1));
  expect(notes.newest("one", page(4)).applied).toBe(0);
  const none = pageNotes(() => undefined);
  none.note("one", page(5, 1));
  expect(none.newest("one", page(4)).applied).toBe(0);
});
