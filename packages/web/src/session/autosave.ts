/** Keeps the session in the browser: the input once, the run when it changes, the rest a moment after every change. */

import { savedPage } from "./saved-page.js";
import type { Session } from "./session.js";
import type { SessionState } from "./session-state.js";
import type { SessionStorage } from "./storage.js";

const QUIET_MS = 1200;
/** Older sessions go when there are more than this. */
const MOST_SESSIONS = 8;

export interface Autosave {
  /** What is open is this session of the storage from now on. */
  adopt(id: string): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  stop(): void;
}

export function autosave(
  { store, engine }: Pick<Session, "store" | "engine">,
  storage: SessionStorage,
  newId: () => string,
): Autosave {
  let id: string | undefined;
  let savedOrigin: SessionState["origin"];
  let savedRun: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    const state = store.getState();
    const page = savedPage(state, Date.now());
    if (page === undefined || state.origin === undefined || state.activity.kind !== "idle") return;
    store.setState({ saved: { kind: "saving", at: state.saved.at } });
    try {
      if (state.origin !== savedOrigin) {
        id = newId();
        savedRun = undefined;
        await storage.putOrigin(id, state.origin);
        savedOrigin = state.origin;
      }
      id ??= newId();
      const run = runOf(state);
      if (run !== savedRun) {
        await storage.putRun(id, await engine.keep());
        savedRun = run;
      }
      await storage.putPage({ id, page });
      store.setState({ saved: { kind: "saved", at: page.savedAt } });
      const old = (await storage.list()).slice(MOST_SESSIONS);
      for (const session of old) await storage.remove(session.id);
    } catch (error) {
      store.setState({ saved: { kind: "failed", at: state.saved.at } });
      // A problem that is shown already stays; the status line tells of this one.
      if (state.saved.kind !== "failed") store.setState(({ problem }) => ({ problem: problem ?? outOfRoom(error) }));
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    writing = writing.then(write);
    return writing;
  };

  const stopWatching = store.subscribe((state, before) => {
    if (!isWorthSaving(state, before)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), QUIET_MS);
  });

  return {
    adopt(own) {
      id = own;
      savedOrigin = store.getState().origin;
      savedRun = runOf(store.getState());
    },
    flush,
    stop() {
      clearTimeout(timer);
      stopWatching();
    },
  };
}

/** What a kept run belongs to: the array of labels before any edit. */
function runOf({ analysis, partial }: SessionState): unknown {
  return partial ? undefined : (analysis?.edits?.before.labels ?? analysis?.labels);
}

function isWorthSaving(state: SessionState, before: SessionState): boolean {
  const fields = ["image", "analysis", "recipe", "timeline", "applied", "specs", "arrangements", "stage", "activity"] as const;
  return state.activity.kind === "idle" && fields.some((field) => state[field] !== before[field]);
}

function outOfRoom(error: unknown): SessionState["problem"] {
  return {
    kind: "storage",
    title: "Autosave stopped: the browser has no room left, or keeps nothing in this window.",
    where: undefined,
    remedy: "Save the session to a file.",
    details: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    offers: ["session.save"],
  };
}
