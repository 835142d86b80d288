/** The browser's own storage, as few sessions under their ids: what is shown of each, and what is needed to go on with it. */
import type { KeptRun } from "../worker/engine-protocol.js";
import { type PageNotes, pageNotes } from "./page-notes.js";
import type { SavedPage } from "./saved-page.js";
import type { FileOrigin } from "./session-state.js";

export interface StoredSession {
  readonly id: string;
  readonly page: SavedPage;
  /** A small picture of it, as a `data:` address. */
  readonly picture?: string | undefined;
  /** True where the page is a note, and newer than the run may be. */
  readonly isNoted?: boolean | undefined;
}

/** Throws {@link StorageError} where the browser gives no room, or no storage at all. */
export interface SessionStorage {
  /** Newest first; each with what was noted of it last. */
  list(): Promise<StoredSession[]>;
  /** At once: what is noted is there when the window is closed now. It serves until a newer page is put. */
  note(id: string, page: SavedPage): void;
  putPage(session: StoredSession): Promise<void>;
  putOrigin(id: string, origin: FileOrigin): Promise<void>;
  putRun(id: string, run: KeptRun | undefined): Promise<void>;
  origin(id: string): Promise<FileOrigin | undefined>;
  run(id: string): Promise<KeptRun | undefined>;
  remove(id: string): Promise<void>;
}

/** The browser's storage refused. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

const STORES = ["pages", "origins", "runs"] as const;
type StoreName = (typeof STORES)[number];

export function browserStorage(name = "sigma", notes: PageNotes = pageNotes()): SessionStorage {
  let opened: Promise<IDBDatabase> | undefined;
  const ask = async <T>(
    store: StoreName,
    mode: IDBTransactionMode,
    question: (objects: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    opened ??= openDatabase(name);
    const database = await opened;
    const transaction = database.transaction(store, mode, { durability: "relaxed" });
    const done = mode === "readwrite" ? completed(transaction) : undefined;
    const answer = await answerOf(question(transaction.objectStore(store)));
    await done;
    return answer;
  };
  const get = <T>(store: StoreName, id: string): Promise<T | undefined> =>
    ask(store, "readonly", (objects) => objects.get(id) as IDBRequest<T | undefined>);
  const put = async (store: StoreName, id: string, value: unknown): Promise<void> => {
    await ask(store, "readwrite", (objects) => objects.put(value, id));
  };
  return {
    async list() {
      const pages = await ask("pages", "readonly", (objects) => objects.getAll() as IDBRequest<StoredSession[]>);
      notes.keepOnly(pages.map(({ id }) => id));
      const newest = pages.map(({ id, page: written, picture }) => {
        const page = notes.newest(id, written);
        return { id, page, picture, isNoted: page !== written };
      });
      return newest.sort((a, b) => b.page.savedAt - a.page.savedAt);
    },
    note: notes.note,
    async putPage(session) {
      await put("pages", session.id, session);
      notes.written(session.id, session.page);
    },
    putOrigin: (id, origin) => put("origins", id, origin),
    putRun: (id, run) => put("runs", id, run),
    origin: (id) => get<FileOrigin>("origins", id),
    run: (id) => get<KeptRun>("runs", id),
    async remove(id) {
      notes.remove(id);
      for (const store of STORES) await ask(store, "readwrite", (objects) => objects.delete(id));
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener("upgradeneeded", () => {
    for (const store of STORES) request.result.createObjectStore(store);
  });
  return answerOf(request);
}

/** A write is there when its transaction is complete: where there is no room, only that fails. */
function completed(transaction: IDBTransaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    const refused = (): void => reject(new StorageError(transaction.error?.message ?? "the browser's storage refused"));
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", refused);
    transaction.addEventListener("error", refused);
  });
  // The request itself may fail before anyone waits for this.
  done.catch(() => {});
  return done;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new StorageError(request.error?.message ?? "the browser's storage refused")));
  });
}
