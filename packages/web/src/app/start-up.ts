/** What is shown first: the file that was named, the session from before, or the example, already analysed. */
import { readSessionArchive } from "@sigma-eds/core";
import type { Autosave } from "../session/autosave.js";
import { exampleEdits } from "../session/example-edits.js";
import { isOwnWork, type SavedSession } from "../session/saved-page.js";
import type { Session } from "../session/session.js";
import type { FileOrigin } from "../session/session-state.js";
import type { SessionStorage, StoredSession } from "../session/storage.js";
import { storedOfFiles } from "../session/stored-of-files.js";
import { openAnalysed } from "./open-analysed.js";

const EXAMPLE = "seven-minerals";
const ELSEWHERE = "This session is open in another window too. What is done here is kept as a session of its own.";

export async function startUp(session: Session, storage: SessionStorage, saving: Autosave): Promise<void> {
  const { turn } = session.store.getState();
  if (new URLSearchParams(location.search).has("open") && (await openNamedFile(session, storage, saving))) return;
  const [newest] = await storage.list().catch((): StoredSession[] => []);
  if (session.store.getState().turn !== turn) return;
  if (newest !== undefined && (await openStored(session, storage, saving, newest))) return;
  await openExample(session);
}

/**
 * A session of the browser's storage, unless something else is begun while it is read from there; false where its input is not there any
 * more. `given`: the input as it was just read anew, in place of the copy that is kept.
 */
export async function openStored(
  session: Session,
  storage: SessionStorage,
  saving: Autosave,
  stored: StoredSession,
  given?: FileOrigin,
): Promise<boolean> {
  const { id, page } = stored;
  const { turn } = session.store.getState();
  const isFree = saving.claim(id);
  const [kept, run] = await Promise.all([storage.origin(id), storage.run(id)]).catch(() => []);
  const origin = given ?? kept;
  if (session.store.getState().turn !== turn) return true;
  if (origin === undefined) return false;
  const isOwn = origin.kind === "files" || isOwnWork(page);
  if (!isOwn && session.store.getState().onStart) return false;
  session.store.setState({ onStart: false });
  await session.restore({ page, run }, origin);
  const { origin: shown, image } = session.store.getState();
  if (shown === origin && image?.sha256 === page.sha256) {
    if (await isFree) saving.adopt(stored, origin);
    else session.actions.say(ELSEWHERE);
  }
  return session.store.getState().image !== undefined;
}

/** The example with its result, which comes with the app; where that does not fit this version, it is computed. */
export async function openExample(session: Session): Promise<void> {
  const saved = await precomputed();
  if (!isSomethingElseOpen(session)) await showExample(session, saved);
}

/** An example for looking at, in place of what is open: the first one as it is always shown, with its names. */
export async function openExampleAnew(session: Session, id: string): Promise<void> {
  if (id !== EXAMPLE) {
    await openAnalysed(session, id);
    return;
  }
  const { turn } = session.store.getState();
  const saved = await precomputed();
  if (session.store.getState().turn === turn) await showExample(session, saved);
}

async function showExample(session: Session, saved: SavedSession | undefined): Promise<void> {
  if (saved !== undefined) {
    await session.restore(saved, { kind: "example", id: EXAMPLE });
    if (isSomethingElseOpen(session)) return;
    session.actions.dismissProblem();
  }
  if (saved === undefined || session.store.getState().analysis === undefined) await openNamed(session);
  if (!isSomethingElseOpen(session)) makeOneActive(session);
}

/** The example computed here, then named as the one that comes with the app. */
async function openNamed(session: Session): Promise<void> {
  const { store, actions } = session;
  await openAnalysed(session, EXAMPLE);
  const { analysis, partial, timeline } = store.getState();
  if (isSomethingElseOpen(session) || analysis === undefined || partial || timeline.length > 0) return;
  const edits = exampleEdits(analysis);
  store.setState({ timeline: edits, applied: 0 });
  await actions.goTo(edits.at(-1)?.id ?? 0);
}

/** The largest class but the one that carries the others, so that the spectrum shows a phase beside the sum. */
function makeOneActive({ store, linked }: Session): void {
  const [, second] = [...(store.getState().analysis?.classes ?? [])].sort((a, b) => b.pixels - a.pixels || a.id - b.id);
  const visible = linked.visibleClasses.current.value;
  if (visible.active === undefined) linked.visibleClasses.set({ ...visible, active: second?.id }, "start");
}

/** A file that was dropped or chosen before the example was there is what is wanted, and so is the file that a session asks for. */
function isSomethingElseOpen({ store }: Session): boolean {
  const { origin, activity, awaiting } = store.getState();
  return (
    awaiting !== undefined ||
    activity.kind !== "idle" ||
    (origin !== undefined && (origin.kind !== "example" || origin.id !== EXAMPLE))
  );
}

async function precomputed(): Promise<SavedSession | undefined> {
  try {
    const response = await fetch(new URL(`examples/${EXAMPLE}.sigma`, document.baseURI));
    if (!response.ok) return undefined;
    return (await readSessionArchive(new Uint8Array(await response.arrayBuffer()), EXAMPLE)) as SavedSession;
  } catch {
    // No network and no copy, or a file of another version: the example is computed in its place.
    return undefined;
  }
}

/** The file that was given to `sigma app`, with its set, as it was left, unless something else is begun while it comes; false where none was. */
async function openNamedFile(session: Session, storage: SessionStorage, saving: Autosave): Promise<boolean> {
  const { turn } = session.store.getState();
  // Without a network, and without the program that served it, the session from before is shown.
  const listed = await fetch(new URL("opened/index.json", document.baseURI)).catch(() => undefined);
  if (listed?.ok !== true) return false;
  const names: unknown = await listed.json();
  if (!Array.isArray(names)) return false;
  const files = await Promise.all(
    names.map(async (name) => {
      const response = await fetch(new URL(`opened/${encodeURIComponent(String(name))}`, document.baseURI));
      return new File([await response.blob()], String(name));
    }),
  );
  const stored = await storedOfFiles(storage, files).catch(() => undefined);
  if (session.store.getState().turn !== turn) return true;
  session.store.setState({ onStart: false });
  const isLeft = stored !== undefined && (await goOn(session, storage, saving, stored, files));
  if (!isLeft) await session.actions.openFiles(files);
  return true;
}

/** False where the file is another one by now: that is no problem, it is opened as a file of its own. */
async function goOn(
  session: Session,
  storage: SessionStorage,
  saving: Autosave,
  stored: StoredSession,
  files: readonly File[],
): Promise<boolean> {
  await openStored(session, storage, saving, stored, { kind: "files", files });
  const isOther = session.store.getState().problem?.kind === "other-input";
  if (isOther) session.actions.dismissProblem();
  return !isOther;
}
