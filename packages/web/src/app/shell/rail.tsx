import { IconFolderOpen, IconHelpCircle, IconSettings } from "@tabler/icons-react";
import { useSessionState } from "../../session/use-view-session.js";
import { useSessionContext } from "../session-context.js";
import styles from "./rail.module.css";
import { RailStep } from "./rail-step.js";
import { stageWords } from "./stages.js";
import { ViewsMenu } from "./views-menu.js";

/** The steps of the work, and the way to views and help. */
export function Rail() {
  const { session, shown } = useSessionContext();
  const onStart = useSessionState(session, (state) => state.onStart);
  const done = { inspect: shown.image !== undefined, "find-phases": shown.analysis !== undefined && !shown.partial };
  return (
    <nav className={styles["rail"]} aria-label="Steps">
      {onStart && <RailStep icon={IconFolderOpen} title="Open" current onClick={() => {}} />}
      {stageWords.map(({ id, title, icon }, i) => (
        <RailStep
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
      {!onStart && <ViewsMenu />}
      <RailStep icon={IconSettings} title="Settings" onClick={() => void session.commands.run("settings.open")} />
      <RailStep icon={IconHelpCircle} title="Help" keys="F1" onClick={() => void session.commands.run("help.keys")} />
    </nav>
  );
}

function markOf(done: boolean, stale: boolean): "done" | "stale" | undefined {
  if (stale) return "stale";
  return done ? "done" : undefined;
}
