/** Keeps the session in the browser: the input once, the run when it changes, edits and settings at once, the rest a moment after every change. */

import { isUntouched, type SavedPage, savedPage, wholeResult } from "./saved-page.js";
import type { Session } from "./session.js";
import { type SessionClaims, sessionClaims } from "./session-claims.js";
import type { FileOrigin, SessionState } from "./session-state.js";
import type { SessionStorage, StoredSession } from "./storage.js";
import { thumbnail } from "./thumbnail.js";

const QUIET_MS = 1200;
/** Older sessions go when there are more than this. */
const MOST_SESSIONS = 8;

export interface Autosave extends Pick<SessionClaims, "claim"> {
  /** What was opened from there is this session of the storage from now on. What was noted of it may be of a newer run than is kept there. */
  adopt(stored: Pick<StoredSession, "id" | "isNoted">, origin: FileOrigin): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /** The window may be closed in the next moment: what is not written yet is noted, then written. */
  leave(): void;
  stop(): void;
}

interface Change {
  readonly state: SessionState;
  readonly page: SavedPage;
}

/** The place in the storage of what was opened. */
interface Slot {
  readonly id: string;
  isOriginKept: boolean;
  /** Which run is kept there. */
  run: unknown;
}

/**
 * A change is written when nothing changed for a moment; before that, when something else is opened or a run begins. Edits and settings
 * are noted in the moment in which they are made, so that the last one is never lost.
 */
export function autosave(
  { store, engine }: Pick<Session, "store" | "engine">,
  storage: SessionStorage,
  newId: () => string,
  claims: SessionClaims = sessionClaims(),
): Autosave {
  const slots = new WeakMap<FileOrigin, Slot>();
  /** What is not written yet. */
  let changed: Change | undefined;
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
    const change = changed;
    changed = undefined;
    if (change?.state.origin === undefined) return writing;
    const { state, page } = change;
    const origin = change.state.origin;
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
        await removeOld(slot, page);
      } catch (error) {
        if (isNewRun) slot.run = NONE;
        tell(error);
      }
    });
    return writing;
  };

  const removeOld = async (slot: Slot, page: SavedPage): Promise<void> => {
    const all = await storage.list();
    for (const { id } of all.slice(MOST_SESSIONS)) await storage.remove(id);
    for (const { id } of all.filter((other) => other.id !== slot.id && isReplacedBy(page, other)))
      if (await claims.isFree(id)) await storage.remove(id);
  };

  /** What has no place in the storage yet is written whole first. */
  const note = ({ origin }: SessionState, page: SavedPage | undefined): void => {
    const slot = origin && slots.get(origin);
    if (slot !== undefined && page !== undefined) storage.note(slot.id, page);
  };

  const tell = (error: unknown): void => {
    const { saved } = store.getState();
    store.setState({ saved: { kind: "failed", at: saved.at } });
    // A problem that is shown already stays; the status line tells of this one.
    if (saved.kind !== "failed") store.setState(({ problem }) => ({ problem: problem ?? outOfRoom(error) }));
  };

  const stopWatching = store.subscribe((state, before) => {
    const { kind } = state.activity;
    if (kind === "opening" || kind === "loading" || kind === "running") void flush();
    if (kind === "running" && before.activity.kind !== "running") note(state, cutOff(state));
    const page = isWorthSaving(state, before) ? savedPage(state, Date.now()) : undefined;
    if (page === undefined) return;
    changed = { state, page };
    if (isOfRecipe(state, before)) note(state, page);
    clearTimeout(timer);
    timer = setTimeout(() => store.getState().activity.kind === "idle" && void flush(), QUIET_MS);
    if (state.saved.kind === "saved") store.setState({ saved: { kind: "saving", at: state.saved.at } });
  });

  return {
    claim: claims.claim,
    adopt({ id, isNoted = false }, origin) {
      slots.set(origin, { id, isOriginKept: true, run: isNoted ? NONE : runOf(store.getState()) });
    },
    flush,
    leave() {
      if (changed !== undefined) note(changed.state, changed.page);
      void flush();
    },
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

/** Changes that cost thought, and are small to note; and the end of a run, which was noted as under way. */
function isOfRecipe(state: SessionState, before: SessionState): boolean {
  const fields = ["recipe", "timeline", "applied"] as const;
  return before.activity.kind === "running" || fields.some((field) => state[field] !== before[field]);
}

/** The page as it is to be found where the run that begins does not end. */
function cutOff(state: SessionState): SavedPage | undefined {
  const page = savedPage(state, Date.now());
  return page && { ...page, isRunning: true };
}

/** Of one input, a session in which nothing was done takes the place of those before it. */
function isReplacedBy(page: SavedPage, { page: other }: StoredSession): boolean {
  return page.sha256 === other.sha256 && page.dataset === other.dataset && isUntouched(page) && isUntouched(other);
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
