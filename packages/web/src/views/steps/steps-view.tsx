import { formatFixed } from "@sigma-eds/core";
import { IconCircle, IconCircleCheck, IconCircleX, IconLoader2 } from "@tabler/icons-react";
import { csvText } from "../../session/csv.js";
import { fileStem } from "../../session/file-stem.js";
import { stoppedWords } from "../../session/stopped-words.js";
import type { StepProgress, ViewDefinition, ViewProps } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { withLineWords } from "../../ui/line-words.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import styles from "./steps.module.css";

type NoSettings = Readonly<Record<string, never>>;

/** The steps of a run: name, bar, time, result in words as each ends. */
export function StepsView({ session }: ViewProps<NoSettings>) {
  const { activity, lastSteps, analysis } = session;
  const steps = activity.kind === "running" ? activity.steps : lastSteps;
  return (
    <ViewFrame
      title="Steps"
      actions={
        steps.length > 0 && (
          <ExportMenu
            items={[
              {
                label: "Times (CSV)",
                run: () =>
                  session.actions.download(
                    `${fileStem(session.file?.name ?? session.image?.name ?? "sigma")}-steps.csv`,
                    stepsCsv(steps),
                    "text/csv",
                  ),
              },
            ]}
          />
        )
      }
    >
      {steps.length === 0 ? (
        <EmptyState
          sentence={
            analysis === undefined
              ? "Nothing was run yet."
              : "This result comes with the session that was opened. Nothing was run since."
          }
        >
          <TextButton look={analysis === undefined ? "primary" : "outline"} onClick={() => void session.actions.findPhases()}>
            {analysis === undefined ? "Find phases" : "Find phases again"}
          </TextButton>
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <ol className={styles["list"]} data-over={activity.kind !== "running"} tabIndex={0}>
          <End session={session} />
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            <Step key={i} step={step} />
          ))}
        </ol>
      )}
    </ViewFrame>
  );
}

function stepsCsv(steps: readonly StepProgress[]): string {
  const rows = steps.map(({ title, state, seconds, message }) => [title, state, seconds, message]);
  return csvText([["step", "state", "seconds", "result"], ...rows]);
}

const icons = { waiting: IconCircle, running: IconLoader2, done: IconCircleCheck, stopped: IconCircleX } as const;

function Step({ step: { title, state, fraction, message, seconds } }: { readonly step: StepProgress }) {
  const Icon = icons[state];
  return (
    <li className={styles["step"]} data-state={state} data-told={state === "done" && message !== undefined}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span>{title}</span>
      <div
        className={styles["bar"]}
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * fraction)}
      >
        <div style={{ width: `${100 * fraction}%` }} />
      </div>
      <span className={styles["time"]}>
        {state === "stopped" ? "stopped" : seconds === undefined ? "" : timeWords(seconds, fraction)}
      </span>
      {message !== undefined && state !== "waiting" && <span className={styles["words"]}>{withLineWords(message)}</span>}
    </li>
  );
}

/** What a step took, or, once there is something to judge by, what it will still take. */
function timeWords(seconds: number, fraction: number): string {
  if (fraction >= 1 || fraction < 0.05 || seconds < 1) return `${formatFixed(seconds, 1)} s`;
  return `${Math.ceil((seconds * (1 - fraction)) / fraction)} s left`;
}

/** Where a run was stopped stands above its steps: what can be done about it is in sight. */
function End({ session: { activity, stoppedAt, actions, partial } }: Pick<ViewProps<NoSettings>, "session">) {
  if (activity.kind === "running") return null;
  if (stoppedAt === undefined) return null;
  return (
    <li className={styles["end"]}>
      <span>{stoppedWords({ stoppedAt, partial })}</span>
      <TextButton onClick={() => void actions.findPhases()}>Continue</TextButton>
      {partial && (
        <TextButton look="plain" onClick={actions.discardPartial}>
          Discard
        </TextButton>
      )}
    </li>
  );
}

export const stepsView: ViewDefinition<NoSettings> = {
  id: "steps",
  title: "Steps",
  component: StepsView,
  parseSpec: () => ({}),
};
