/** Keeps the session in the browser: the input once, the run when it changes, the rest a moment after every change. */

import { savedPage, wholeResult } from "./saved-page.js";
import type { Session } from "./session.js";
import { type SessionClaims, sessionClaims } from "./session-claims.js";
import type { FileOrigin, SessionState } from "./session-state.js";
import type { SessionStorage } from "./storage.js";
import { thumbnail } from "./thumbnail.js";

const QUIET_MS = 1200;
/** Older sessions go when there are more than this. */
const MOST_SESSIONS = 8;

export interface Autosave extends SessionClaims {
  /** What was opened from there is this session of the storage from now on. */
  adopt(id: string, origin: FileOrigin): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  stop(): void;
}

/** The place in the storage of what was opened. */
interface Slot {
  readonly id: string;
  isOriginKept: boolean;
  /** Which run is kept there. */
  run: unknown;
}

/**
 * A change is written when nothing changed for a moment; before that, when something else is opened, so that the last edit of a session is
 * never lost with it.
 */
export function autosave(
  { store, engine }: Pick<Session, "store" | "engine">,
  storage: SessionStorage,
  newId: () => string,
  claims: SessionClaims = sessionClaims(),
): Autosave {
  const slots = new WeakMap<FileOrigin, Slot>();
  /** What is not written yet. */
  let changed: SessionState | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing = Promise.resolve();

  const slotOf = (origin: FileOrigin): Slot => {
    const known = slots.get(origin);
    if (known !== undefined) return known;
    const slot = { id: newId(), isOriginKept: false, run: undefined };
    slots.set(origin, slot);
    void claims.claim(slot.id);
    return slot;
  };

  /** The engine is asked for its run at once: before it is asked to do anything else. */
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    const state = changed;
    changed = undefined;
    const page = state && savedPage(state, Date.now());
    if (state?.origin === undefined || page === undefined) return writing;
    const { origin } = state;
    const slot = slotOf(origin);
    const picture = thumbnail(state);
    const run = runOf(state);
    const isNewRun = run !== slot.run;
    const kept = isNewRun ? engine.keep() : undefined;
    kept?.catch(() => {});
    slot.run = run;
    writing = writing.then(async () => {
      try {
        if (!slot.isOriginKept) await storage.putOrigin(slot.id, origin);
        slot.isOriginKept = true;
        if (isNewRun) await storage.putRun(slot.id, await kept);
        await storage.putPage({ id: slot.id, page, picture });
        if (changed === undefined && store.getState().origin === origin)
          store.setState({ saved: { kind: "saved", at: page.savedAt } });
        const old = (await storage.list()).slice(MOST_SESSIONS);
        for (const session of old) await storage.remove(session.id);
      } catch (error) {
        if (isNewRun) slot.run = NONE;
        tell(error);
      }
    });
    return writing;
  };

  const tell = (error: unknown): void => {
    const { saved } = store.getState();
    store.setState({ saved: { kind: "failed", at: saved.at } });
    // A problem that is shown already stays; the status line tells of this one.
    if (saved.kind !== "failed") store.setState(({ problem }) => ({ problem: problem ?? outOfRoom(error) }));
  };

  const stopWatching = store.subscribe((state, before) => {
    const { kind } = state.activity;
    if (kind === "opening" || kind === "loading") void flush();
    if (!isWorthSaving(state, before)) return;
    changed = state;
    clearTimeout(timer);
    timer = setTimeout(() => store.getState().activity.kind === "idle" && void flush(), QUIET_MS);
    if (state.saved.kind === "saved") store.setState({ saved: { kind: "saving", at: state.saved.at } });
  });

  return {
    claim: claims.claim,
    adopt(id, origin) {
      slots.set(origin, { id, isOriginKept: true, run: runOf(store.getState()) });
    },
    flush,
    stop() {
      clearTimeout(timer);
      stopWatching();
    },
  };
}

/** Of a slot whose run could not be written: no run is this one. */
const NONE = Symbol("no run");

/** What a kept run belongs to: the array of labels before any edit. */
function runOf(state: SessionState): unknown {
  const whole = wholeResult(state);
  return whole?.edits?.before.labels ?? whole?.labels;
}

function isWorthSaving(state: SessionState, before: SessionState): boolean {
  const fields = ["image", "analysis", "recipe", "timeline", "applied", "specs", "arrangements", "stage", "activity"] as const;
  return state.image !== undefined && state.activity.kind === "idle" && fields.some((field) => state[field] !== before[field]);
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
