/** Opening files: what they hold, which dataset, its counts. */
import { AbortedError, presetRecipe, presets } from "@sigma-eds/core";
import type { OpenedFile } from "../worker/engine-protocol.js";
import { isStopped } from "../worker/replies.js";
import { allVisible, nothingSelected } from "./linked.js";
import { problemOf } from "./problems.js";
import type { SessionParts } from "./session.js";
import { type FileOrigin, type SessionState, saying } from "./session-state.js";
import { begin } from "./turn.js";
import type { Actions, Activity } from "./view-session.js";

/** What finds phases where there are no spectra. */
const OF_MAPS = "sigma-umap-hdbscan";
const idle = { kind: "idle" } as const;

/** The same bytes as the origin of a session of its own: what was found in another image of the file stays kept. */
function renewed(origin: FileOrigin | undefined): FileOrigin | undefined {
  return origin === undefined ? undefined : { ...origin };
}

function isStopping(activity: Activity): boolean {
  return "stopping" in activity && activity.stopping === true;
}

/** A stop between two questions to the engine ends what would have come after it. */
function stopWhereAsked({ activity }: SessionState): void {
  if (isStopping(activity)) throw new AbortedError("Stopped before the file was read.");
}

/** The state without anything that belongs to the image that was open. */
const closed = {
  image: undefined,
  analysis: undefined,
  partial: false,
  whole: undefined,
  lastSteps: [],
  stepSeconds: {},
  timeline: [],
  applied: 0,
  branches: [],
  stoppedAt: undefined,
} satisfies Partial<SessionState>;

export function opening({ store, linked, engine }: SessionParts): Pick<Actions, "openFiles" | "openExample" | "chooseDataset"> {
  const open = async (name: string, origin: FileOrigin, ask: () => Promise<OpenedFile>): Promise<void> => {
    const before = store.getState();
    const onStart = origin.kind === "example" && before.onStart;
    const stage = onStart ? before.stage : "inspect";
    const turn = begin(store, {
      activity: { kind: "opening", name },
      loadingMap: undefined,
      problem: undefined,
      said: undefined,
      onStart,
      stage,
    });
    try {
      const file = await ask();
      turn.stopUnlessOurs();
      stopWhereAsked(store.getState());
      store.setState({ ...closed, origin, file, activity: idle });
      if (file.datasets.length <= 1) await read(0);
    } catch (error) {
      if (turn.isOurs) fail(before, error);
    }
  };

  /** What is told meanwhile stays: who opened a session may be asked for its file while the example comes. */
  const read = async (index: number): Promise<void> => {
    const { file } = store.getState();
    const before = store.getState();
    const name = file?.name ?? "";
    const activity = { kind: "loading", name, dataset: index, fraction: 0, message: "" } as const;
    const stage = before.onStart ? before.stage : "inspect";
    const turn = begin(store, { activity, loadingMap: undefined, stage });
    try {
      const image = await engine.load(index, ({ fraction, message, countMap }) => {
        if (!turn.isOurs || store.getState().activity.kind !== "loading") return;
        store.setState(({ activity: now, loadingMap }) => ({
          activity: { ...activity, stopping: isStopping(now), fraction, message },
          loadingMap: countMap ?? loadingMap,
        }));
      });
      turn.stopUnlessOurs();
      linked.selection.set(nothingSelected, "session");
      linked.visibleClasses.set(allVisible, "session");
      linked.mapCamera.set({ x: 0, y: 0, scale: undefined }, "session");
      const isMaps = image.channelLines !== undefined;
      const recipe = { ...presetRecipe(isMaps ? OF_MAPS : "auto"), dataset: index };
      const origin = before.image === undefined ? before.origin : renewed(before.origin);
      store.setState({ ...closed, origin, image, recipe, activity: idle, loadingMap: undefined });
      if (isMaps) store.setState(saying(`Element maps without spectra: phases are found by ${presets[OF_MAPS].title}.`));
    } catch (error) {
      if (turn.isOurs) fail(before, error);
    }
  };

  const fail = (before: SessionState, error: unknown): void => {
    const { image, stage } = before;
    const shown = { activity: idle, loadingMap: undefined, onStart: image === undefined, stage };
    store.setState(isStopped(error) ? shown : { ...shown, problem: problemOf("file", error) });
  };

  return {
    openFiles: (files) => open(files[0]?.name ?? "", { kind: "files", files }, () => engine.open(files)),
    openExample: (id) => open(id, { kind: "example", id }, () => engine.openExample(id)),
    chooseDataset: (index) => {
      store.setState({ problem: undefined });
      return read(index);
    },
  };
}
