/** Going on with a session: from the browser's storage, or from a file that holds one. */
import { AbortedError, DataCheckError, FormatError, readSessionArchive, writeSessionArchive } from "@sigma-eds/core";
import type { KeptRun } from "../worker/engine-protocol.js";
import { isStopped } from "../worker/replies.js";
import { withEdits } from "../worker/run-plan.js";
import { allVisible } from "./linked.js";
import { problemOf } from "./problems.js";
import { type SavedPage, savedPage, stateOfPage } from "./saved-page.js";
import type { SessionParts } from "./session.js";
import { appliedEdits, type FileOrigin } from "./session-state.js";

export interface SavedSession {
  readonly page: SavedPage;
  readonly run: KeptRun | undefined;
}

export interface Restoring {
  /** Opens the input again, checks that it is the same, and shows what was there. */
  restore(saved: SavedSession, origin: FileOrigin): Promise<void>;
  /** The bytes of a session file of what is open. */
  sessionFile(): Promise<Uint8Array>;
  /** A session from the bytes of a file; what was open has to be its input, and is told when it is not. */
  openSession(name: string, bytes: Uint8Array): Promise<void>;
}

const idle = { kind: "idle" } as const;
/** Not idle from the first change to the last: a session that is half there is never saved in place of the whole. */
const restoringSession = { kind: "editing", sentence: "Opening the session" } as const;

export function restoring({ store, engine, linked }: SessionParts): Restoring {
  const show = async ({ page, run }: SavedSession): Promise<void> => {
    const { image } = store.getState();
    if (image?.sha256 !== page.sha256) throw otherInput(page, image?.name);
    const { onStart, themeChoice, systemTheme, allControls, origin, file } = store.getState();
    const kept = { onStart, themeChoice, systemTheme, allControls, origin, file, image };
    store.setState({ ...stateOfPage(page), ...kept, activity: page.shownRecipe === undefined ? idle : restoringSession });
    if (page.shownRecipe === undefined) return;
    if (run !== undefined) await engine.resume(run);
    const analysis = await engine.replay(withEdits(page.shownRecipe, appliedEdits(store.getState())));
    store.setState({ analysis, partial: false, activity: idle });
  };

  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const isOther = error instanceof DataCheckError && error.facts.where === OTHER;
      // Stopped by another opening: what is going on now is that one's.
      const { kind } = store.getState().activity;
      if (!isStopped(error) || kind === "editing") store.setState({ activity: idle });
      if (!isStopped(error)) store.setState({ problem: problemOf(isOther ? "other-input" : "file", error) });
    }
  };

  return {
    restore: (saved, origin) =>
      guarded(async () => {
        const { page } = saved;
        const activity = { kind: "opening", name: page.name } as const;
        store.setState({ activity });
        const file = origin.kind === "example" ? await engine.openExample(origin.id) : await engine.open(origin.files);
        stopUnless(store.getState().activity === activity);
        const image = await engine.load(page.dataset, () => {});
        stopUnless(store.getState().activity === activity);
        linked.visibleClasses.set(allVisible, "session");
        store.setState({ origin, file, image, activity: restoringSession });
        await show(saved);
      }),
    async sessionFile() {
      const page = savedPage(store.getState(), Date.now());
      return writeSessionArchive({ page, run: await engine.keep() } satisfies Partial<Record<keyof SavedSession, unknown>>);
    },
    openSession: (name, bytes) => guarded(async () => show(asSession(await readSessionArchive(bytes, name), name))),
  };
}

/** Something else is being opened now: that goes on, this does not. */
function stopUnless(isOurs: boolean): void {
  if (!isOurs) throw new AbortedError("Something else was opened.");
}

const OTHER = "session";

function otherInput({ name, sha256 }: SavedPage, open: string | undefined): DataCheckError {
  const problem =
    open === undefined
      ? "The session needs the file from which it was made."
      : "This session was made from another file (different content).";
  return new DataCheckError(problem, {
    where: OTHER,
    found: open ?? "no open file",
    expected: `${name}, SHA-256 ${sha256.slice(0, 12)}...`,
    remedy: "Open that file, then the session again.",
  });
}

function asSession(content: unknown, where: string): SavedSession {
  if (typeof content === "object" && content !== null && "page" in content) {
    const { page } = content;
    if (typeof page === "object" && page !== null && "sha256" in page && "recipe" in page && "timeline" in page)
      return content as SavedSession;
  }
  throw new FormatError("The session lacks its page.", { where, expected: "a file that Save session wrote" });
}
