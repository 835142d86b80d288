/** The page part of sessions, noted in the very moment of a change: the browser's database may not get to it before the window is closed. */
import type { SavedPage } from "./saved-page.js";

const PREFIX = "sigma session ";

type Notebook = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

export interface PageNotes {
  /** Where there is no room nothing is noted: the database has it a moment later. */
  note(id: string, page: SavedPage): void;
  /** What is newer, the page as it was written or its note. */
  newest(id: string, written: SavedPage): SavedPage;
  /** The page is written: its note is not needed any more. A newer one stays. */
  written(id: string, page: SavedPage): void;
  remove(id: string): void;
  /** Removes the notes of all other sessions: what they belong to was never written whole. */
  keepOnly(ids: readonly string[]): void;
}

/** `notebook` gives undefined, or throws, where the browser keeps nothing. */
export function pageNotes(notebook: () => Notebook | undefined = () => globalThis.localStorage): PageNotes {
  /** The newest of this window, by session. */
  const noted = new Map<string, SavedPage>();
  const attempt = <T>(act: (notes: Notebook) => T): T | undefined => {
    try {
      const notes = notebook();
      return notes === undefined ? undefined : act(notes);
    } catch {
      return undefined;
    }
  };
  const remove = (id: string): void => {
    noted.delete(id);
    attempt((notes) => notes.removeItem(PREFIX + id));
  };
  return {
    note(id, page) {
      noted.set(id, page);
      attempt((notes) => notes.setItem(PREFIX + id, JSON.stringify(page)));
    },
    newest(id, written) {
      const found = attempt((notes) => JSON.parse(notes.getItem(PREFIX + id) ?? "null") as SavedPage | null);
      return found && found.sha256 === written.sha256 && found.savedAt >= written.savedAt ? found : written;
    },
    written(id, page) {
      if ((noted.get(id) ?? page) === page) remove(id);
    },
    remove,
    keepOnly(ids) {
      const own = new Set(ids.map((id) => PREFIX + id));
      attempt((notes) => {
        const keys = Array.from({ length: notes.length }, (_, i) => notes.key(i) ?? "");
        for (const key of keys) if (key.startsWith(PREFIX) && !own.has(key)) notes.removeItem(key);
      });
    },
  };
}
