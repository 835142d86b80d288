import { isSigmaError } from "@sigma-eds/core";
import { IconAlertTriangle, IconGitCompare } from "@tabler/icons-react";
import { keepResult } from "../../session/kept-results.js";
import { workRefusal } from "../../session/refusals.js";
import type { HistoryEntry, ViewSession } from "../../session/view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import { BranchMenu } from "./branch-menu.js";
import styles from "./history-panel.module.css";

/** What was done, newest on top; a click goes there. Undone lines stay above "now", greyed. */
export function HistoryPanel({ session }: { readonly session: ViewSession }) {
  const { history, actions, activity } = session;
  const newestFirst = history.toReversed();
  const now = newestFirst.find(({ applied }) => applied)?.id;
  const busy = workRefusal(session);
  return (
    <section aria-label="History">
      <div className={styles["head"]}>
        <h3>History</h3>
        <span>every line is a step in the recipe</span>
        {session.branches.length > 0 && <BranchMenu session={session} />}
      </div>
      {history.length === 0 && <p>Nothing was done yet.</p>}
      <ol>
        {newestFirst.map((entry) => (
          <li key={entry.id}>
            <div className={styles["line"]}>
              <HistoryLine
                entry={entry}
                now={entry.id === now}
                busy={busy}
                coming={activity.kind === "editing" && entry.id === now}
                onGo={() => void actions.goTo(entry.id)}
                say={actions.say}
              />
              {entry.id !== now && (entry.kind === "edit" || entry.kind === "found") && (
                <IconAction
                  icon={IconGitCompare}
                  size={14}
                  label={`Compare with the state after: ${entry.sentence}`}
                  onClick={() => void compareWith(session, entry)}
                />
              )}
            </div>
            {entry.refusal !== undefined && (
              <p className={styles["refusal"]}>
                <IconAlertTriangle size={13} stroke={1.6} aria-hidden /> Not repeated: {entry.refusal}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Puts the earlier state aside and shows it beside what there is. */
async function compareWith({ linked, actions, resultAt }: ViewSession, { id, sentence }: HistoryEntry): Promise<void> {
  actions.say("That state is being computed again ...");
  try {
    keepResult(linked, `after: ${sentence}`, await resultAt(id));
    actions.openView("compare");
  } catch (error) {
    actions.say(isSigmaError(error) ? error.message : "That state could not be computed again.");
  }
}

interface LineProps {
  readonly entry: HistoryEntry;
  readonly now: boolean;
  /** Why no line can be gone to now. */
  readonly busy: string | undefined;
  /** The marker is here already, the classes of this state are still being made. */
  readonly coming: boolean;
  onGo(): void;
  say(sentence: string): void;
}

function HistoryLine({ entry: { sentence, applied }, now, busy, coming, onGo, say }: LineProps) {
  return (
    <button
      type="button"
      className={styles["entry"]}
      data-applied={applied}
      aria-current={now ? "step" : undefined}
      aria-disabled={busy !== undefined}
      aria-busy={coming}
      title={busy}
      onClick={() => (busy === undefined ? onGo() : say(busy))}
    >
      <i aria-hidden />
      <span>{sentence}</span>
      <small>{coming ? "working…" : now ? "now" : applied ? "" : "undone"}</small>
    </button>
  );
}
