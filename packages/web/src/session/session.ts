/** The session: one store, the shared values, the engine, and what people do with them. Views see it as `ViewSession`. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Engine } from "../worker/engine-protocol.js";
import { answersOf } from "./answers.js";
import { type Commands, commandRegistry } from "./commands.js";
import { type EarlierResults, earlierResults } from "./earlier-results.js";
import { editing } from "./editing.js";
import { startEngine } from "./engine-client.js";
import type { Figure } from "./figure.js";
import { finishing } from "./finishing.js";
import { type InOrder, inOrder } from "./in-order.js";
import { type Linked, linkedValues } from "./linked.js";
import { opening } from "./opening.js";
import { problemOf } from "./problems.js";
import { type Restoring, restoring } from "./restoring.js";
import { running } from "./running.js";
import { type SessionState, saying, startState } from "./session-state.js";
import { shownClasses } from "./shown-classes.js";
import type { Actions, Answers } from "./view-session.js";

export type SessionEngine = Engine & {
  /** Ends the worker; the next question starts another. */
  close(): void;
};

export interface Session extends Restoring, EarlierResults {
  readonly store: StoreApi<SessionState>;
  readonly linked: Linked;
  readonly engine: SessionEngine;
  readonly answers: Answers;
  readonly actions: Actions;
  readonly commands: Commands;
  /** Calls back when a view is asked for; gives the way to stop. The arrangement shows it. */
  onOpenView(listener: (view: string) => void): () => void;
  /** The same of a panel of the inspector. */
  onOpenPanel(listener: (panel: string) => void): () => void;
  /** Calls back when a figure is to be saved; gives the way to stop. The dialog shows it. */
  onFigure(listener: (figures: readonly Figure[]) => void): () => void;
}

/** What the parts of the session are given. */
export interface SessionParts {
  readonly store: StoreApi<SessionState>;
  readonly linked: Linked;
  readonly engine: SessionEngine;
  /** What changes the classes; a run begins when all of it is done. */
  readonly edits: InOrder;
}

export function createSession(engine: SessionEngine = startEngine(), from: Partial<SessionState> = {}): Session {
  const store = createStore<SessionState>(() => ({ ...startState, ...from }));
  const linked = linkedValues();
  const parts = { store, linked, engine, edits: inOrder() };
  const answers = answersOf(linked, engine, (error) => store.setState({ problem: problemOf("run", error) }));
  const runs = running(parts);
  const edits = editing(parts);
  finishing(parts);
  shownClasses(parts);
  const viewListeners = new Set<(view: string) => void>();
  const panelListeners = new Set<(panel: string) => void>();
  const figureListeners = new Set<(figures: readonly Figure[]) => void>();
  const actions: Actions = {
    ...opening(parts),
    ...runs,
    ...edits,
    download,
    exportFigure(...figures) {
      for (const listener of [...figureListeners]) listener(figures);
    },
    goToStage: (stage) => store.setState({ stage, onStart: false }),
    openView: (view) => {
      store.setState({ onStart: false });
      for (const listener of [...viewListeners]) listener(view);
    },
    openPanel: (panel) => {
      store.setState({ onStart: false });
      for (const listener of [...panelListeners]) listener(panel);
    },
    resetArrangement: (stage) =>
      store.setState(({ arrangements }) => ({ arrangements: { ...arrangements, [stage]: undefined } })),
    showAllControls: (allControls) => store.setState({ allControls }),
    showClassColumns: (classColumns) => store.setState({ classColumns }),
    showPatterns: (patternsForAll) => store.setState({ patternsForAll }),
    dismissProblem: () => store.setState({ problem: undefined, awaiting: undefined }),
    say: (sentence) => store.setState(saying(sentence)),
  };
  const onOpenView: Session["onOpenView"] = (listener) => {
    viewListeners.add(listener);
    return () => viewListeners.delete(listener);
  };
  const onOpenPanel: Session["onOpenPanel"] = (listener) => {
    panelListeners.add(listener);
    return () => panelListeners.delete(listener);
  };
  const onFigure: Session["onFigure"] = (listener) => {
    figureListeners.add(listener);
    return () => figureListeners.delete(listener);
  };
  const told = { onOpenView, onOpenPanel, onFigure, commands: commandRegistry() };
  return { store, linked, engine, answers, actions, ...told, ...restoring(parts), ...earlierResults(parts) };
}

function download(name: string, bytes: Uint8Array | string, mediaType: string): void {
  const part = typeof bytes === "string" ? bytes : new Uint8Array(bytes);
  const address = URL.createObjectURL(new Blob([part], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
