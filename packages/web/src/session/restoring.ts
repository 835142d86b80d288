/** Going on with a session: from the browser's storage, or from a file that holds one. */
import { DataCheckError, FormatError, parseRecipe, readSessionArchive, writeSessionArchive } from "@sigma-eds/core";
import { isStopped } from "../worker/replies.js";
import { withEdits } from "../worker/run-plan.js";
import { allVisible, nothingSelected } from "./linked.js";
import { preferencesOf } from "./preferences.js";
import { problemOf } from "./problems.js";
import { type SavedPage, type SavedSession, savedPage, stateOfPage } from "./saved-page.js";
import type { SessionParts } from "./session.js";
import { appliedEdits, type FileOrigin, saying } from "./session-state.js";
import { begin, type Turn } from "./turn.js";
import type { Activity, Problem } from "./view-session.js";

export interface Restoring {
  /** Opens the input again, checks that it is the same, and shows what was there. */
  restore(saved: SavedSession, origin: FileOrigin): Promise<void>;
  /** The bytes of a session file of what is open. */
  sessionFile(): Promise<Uint8Array>;
  /** A session from the bytes of a file. Where its input is not what is open, that is told, and it goes on when its input is opened. */
  openSession(name: string, bytes: Uint8Array): Promise<void>;
}

const idle = { kind: "idle" } as const;
/** Not idle from the first change to the last: a session that is half there is never saved in place of the whole. */
const restoringSession = { kind: "editing", sentence: "Opening the session" } as const;

export function restoring({ store, engine, linked }: SessionParts): Restoring {
  const checkInput = ({ page }: SavedSession): void => {
    const { image, onStart } = store.getState();
    if (image?.sha256 !== page.sha256) throw otherInput(page, onStart ? undefined : image?.name);
  };

  const show = async ({ page, run }: SavedSession, turn: Turn): Promise<void> => {
    const { onStart, origin, file, image, turn: current, problem, awaiting } = store.getState();
    const kept = { ...preferencesOf(store.getState()), systemTheme: store.getState().systemTheme, onStart, origin, file, image };
    // The example comes to Start by itself: it takes nothing from who is asked for a file meanwhile.
    const isAsked = onStart && awaiting !== undefined && awaiting.page.sha256 !== page.sha256;
    store.setState({
      ...stateOfPage(page),
      ...kept,
      ...(isAsked && { problem, awaiting }),
      turn: current,
      activity: page.shownRecipe === undefined ? idle : restoringSession,
    });
    if (page.shownRecipe === undefined) return;
    if (run !== undefined) await engine.resume(run);
    turn.stopUnlessOurs();
    const analysis = await engine.replay(withEdits(page.shownRecipe, appliedEdits(store.getState())));
    turn.stopUnlessOurs();
    store.setState({ analysis, partial: false, activity: idle });
  };

  const guarded = async (activity: Activity, work: (turn: Turn) => Promise<void>): Promise<void> => {
    const turn = begin(store, { activity, loadingMap: undefined });
    try {
      await work(turn);
    } catch (error) {
      if (!turn.isOurs) return;
      store.setState({ activity: idle });
      if (!isStopped(error)) refuse(error);
    }
  };

  const refuse = (error: unknown, awaiting?: SavedSession): void => {
    const isOther = error instanceof DataCheckError && error.facts.where === OTHER;
    if (!isOther) {
      store.setState({ problem: problemOf("file", error) });
      return;
    }
    const { image, onStart } = store.getState();
    const ofSession =
      image === undefined || onStart || awaiting === undefined
        ? undefined
        : { name: awaiting.page.name, recipe: parseRecipe(awaiting.page.recipe) };
    const remedy = awaiting === undefined ? error.facts.remedy : "Open that file: the session then goes on by itself.";
    store.setState({ problem: { ...problemOf("other-input", error), where: undefined, remedy, ofSession }, awaiting });
  };

  /** What is read may be what a session waits for. Nothing else ends its waiting but another session, or whoever closes what was said of it. */
  store.subscribe(({ image, awaiting, activity }, before) => {
    if (awaiting === undefined || image === undefined || image === before.image || activity.kind !== "idle") return;
    if (image.sha256 !== awaiting.page.sha256) return;
    void guarded(restoringSession, async (turn) => {
      await show(awaiting, turn);
      store.setState(saying(`The session of ${awaiting.page.name} goes on.`));
    });
  });

  /** Before anything is begun: a file that is refused takes nothing away, not even a run that is under way. */
  const checkedSession = async (name: string, bytes: Uint8Array): Promise<SavedSession | undefined> => {
    let saved: SavedSession | undefined;
    try {
      saved = asSession(await readSessionArchive(bytes, name), name);
      parseRecipe(saved.page.recipe);
      checkInput(saved);
      return saved;
    } catch (error) {
      refuse(error, saved);
      return undefined;
    }
  };

  return {
    restore: (saved, origin) =>
      guarded({ kind: "opening", name: saved.page.name }, async (turn) => {
        const { page } = saved;
        const file = origin.kind === "example" ? await engine.openExample(origin.id) : await engine.open(origin.files);
        turn.stopUnlessOurs();
        const image = await engine.load(page.dataset, () => {});
        turn.stopUnlessOurs();
        linked.selection.set(nothingSelected, "session");
        linked.visibleClasses.set(allVisible, "session");
        linked.mapCamera.set({ x: 0, y: 0, scale: undefined }, "session");
        store.setState({ origin, file, image, activity: restoringSession });
        checkInput(saved);
        await show(saved, turn);
        if (page.isRunning === true) store.setState({ problem: cutOffRun(page) });
      }),
    async sessionFile() {
      const page = savedPage(store.getState(), Date.now());
      return writeSessionArchive({ page, run: await engine.keep() } satisfies Partial<Record<keyof SavedSession, unknown>>);
    },
    async openSession(name, bytes) {
      const saved = await checkedSession(name, bytes);
      if (saved !== undefined) await guarded(restoringSession, (turn) => show(saved, turn));
    },
  };
}

const OTHER = "session";

function otherInput({ name, sha256 }: SavedPage, open: string | undefined): DataCheckError {
  const problem =
    open === undefined
      ? `This session needs the file from which it was made, “${name}”.`
      : `This session was made from another file${name === open ? " of this name" : `, “${name}”`}.`;
  return new DataCheckError(problem, {
    where: OTHER,
    found: open ?? "no open file",
    expected: `${name}, SHA-256 ${sha256.slice(0, 12)}...`,
    remedy: "Open that file, then the session again.",
  });
}

/** The window was closed, or loaded anew, while the recipe ran. */
function cutOffRun({ savedAt, shownRecipe, recipe }: SavedPage): Problem {
  return {
    kind: "run",
    title: "A run was cut off when the page was closed or loaded again.",
    where: undefined,
    remedy: `${shownRecipe === undefined ? "Nothing was found before it." : "What was found before it is shown."} Try again runs it from the beginning.`,
    details: JSON.stringify({ begun: new Date(savedAt).toISOString(), recipe }, null, 2),
    offers: ["run.again"],
  };
}

function asSession(content: unknown, where: string): SavedSession {
  if (typeof content === "object" && content !== null && "page" in content) {
    const { page } = content;
    if (typeof page === "object" && page !== null && "sha256" in page && "recipe" in page && "timeline" in page)
      return content as SavedSession;
  }
  throw new FormatError("The session lacks its page.", { where, expected: "a file that Save session wrote" });
}
