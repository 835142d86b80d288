import { Tooltip } from "@mantine/core";
import { type Icon, IconFolderOpen, IconHelpCircle, IconLayoutDashboard } from "@tabler/icons-react";
import { useSessionState } from "../../session/use-view-session.js";
import { useHint } from "../../ui/use-hint.js";
import { useSessionContext } from "../session-context.js";
import styles from "./rail.module.css";
import { stageWords } from "./stages.js";

/** The steps of the work, and the way to views and help. */
export function Rail() {
  const { session, shown } = useSessionContext();
  const onStart = useSessionState(session, (state) => state.onStart);
  const done = { inspect: shown.image !== undefined, "find-phases": shown.analysis !== undefined && !shown.partial };
  return (
    <nav className={styles["rail"]} aria-label="Steps">
      {onStart && <Step icon={IconFolderOpen} title="Open" current onClick={() => {}} />}
      {stageWords.map(({ id, title, icon }, i) => (
        <Step
          key={id}
          icon={icon}
          title={title}
          keys={`Shift ${i + 1}`}
          current={!onStart && shown.stage === id}
          mark={markOf(
            id === "inspect" || id === "find-phases" ? done[id] : false,
            id === "find-phases" && shown.stale.length > 0,
          )}
          onClick={() => session.actions.goToStage(id)}
        />
      ))}
      <div className={styles["rest"]} />
      {!onStart && <Step icon={IconLayoutDashboard} title="Views" onClick={() => void session.commands.run("palette.views")} />}
      <Step icon={IconHelpCircle} title="Help" keys="F1" onClick={() => void session.commands.run("help.keys")} />
    </nav>
  );
}

function markOf(done: boolean, stale: boolean): "done" | "stale" | undefined {
  if (stale) return "stale";
  return done ? "done" : undefined;
}

interface StepProps {
  readonly icon: Icon;
  readonly title: string;
  readonly keys?: string;
  readonly current?: boolean;
  readonly mark?: "done" | "stale" | undefined;
  onClick(): void;
}

function Step({ icon: Drawn, title, keys, current = false, mark, onClick }: StepProps) {
  const { opened, over } = useHint();
  return (
    <Tooltip label={keys === undefined ? title : `${title} (${keys})`} position="right" opened={opened}>
      <button
        {...over}
        type="button"
        className={styles["step"]}
        aria-label={mark === "stale" ? `${title}, not up to date` : title}
        aria-current={current ? "step" : undefined}
        aria-keyshortcuts={keys}
        onClick={onClick}
      >
        <Drawn size={20} stroke={1.6} aria-hidden />
        <span className={styles["word"]}>{title}</span>
        {mark !== undefined && <span className={styles["mark"]} data-mark={mark} />}
      </button>
    </Tooltip>
  );
}
