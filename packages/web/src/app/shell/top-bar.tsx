import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBook,
  IconChevronDown,
  IconDeviceDesktop,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconSearch,
  IconSun,
} from "@tabler/icons-react";
import { Fragment } from "react";
import { isBeingRead, runRefusal } from "../../session/refusals.js";
import { unmixStepOf } from "../../session/unmix-recipe.js";
import { useSessionState } from "../../session/use-view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import { Logo } from "../../ui/logo.js";
import { TextButton } from "../../ui/text-button.js";
import { runAloud } from "../run-aloud.js";
import { useSessionContext } from "../session-context.js";
import { TUTORIAL } from "../tutorial-address.js";
import { ExportMenu } from "./export-menu.js";
import { factsOf } from "./facts.js";
import styles from "./top-bar.module.css";

/** File, undo, find an action, main action, export. */
export function TopBar() {
  const { session } = useSessionContext();
  const onStart = useSessionState(session, (state) => state.onStart);
  return (
    <header className={styles["bar"]}>
      <div className={styles["logo"]}>
        <Logo />
      </div>
      {onStart ? <StartWords /> : <FileWords />}
      <div className={styles["rest"]} />
      {!onStart && (
        <>
          <span className={styles["stays"]}>
            <IconDeviceDesktop size={15} stroke={1.6} aria-hidden /> Stays on this computer
          </span>
          <div className={styles["rule"]} />
          <UndoRedo />
        </>
      )}
      {onStart && <StartActions />}
      <button type="button" className={styles["find"]} onClick={() => void session.commands.run("palette.open")}>
        <IconSearch size={15} stroke={1.6} aria-hidden />
        <span>Find an action</span>
        <kbd>Ctrl K</kbd>
      </button>
      {!onStart && <MainActions />}
    </header>
  );
}

function StartWords() {
  return (
    <>
      <strong className={styles["title"]}>SIGMA</strong>
      <span className={styles["facts"]}>Phases from X-ray spectrum images</span>
    </>
  );
}

function FileWords() {
  const { session, shown } = useSessionContext();
  const { activity } = shown;
  const isReading = activity.kind === "opening" || activity.kind === "loading";
  const name = isReading ? activity.name : (shown.file?.name ?? shown.image?.name ?? "SIGMA");
  return (
    <>
      <h1 className={styles["name"]}>
        <button
          type="button"
          className={styles["file"]}
          onClick={() => session.store.setState({ onStart: true })}
          title="Open another file"
        >
          <span>{name}</span>
          <IconChevronDown size={16} stroke={1.6} aria-hidden />
        </button>
      </h1>
      {shown.image !== undefined && !isReading && <Facts facts={factsOf(shown.image)} />}
    </>
  );
}

function Facts({ facts }: { readonly facts: readonly string[] }) {
  return (
    <span className={styles["facts"]} title={facts.join(" · ")}>
      {facts.map((fact, i) => (
        <Fragment key={fact}>
          {i > 0 && " "}
          <span>
            {i > 0 && "· "}
            {fact}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

function StartActions() {
  const { session, shown } = useSessionContext();
  const other = shown.theme === "dark" ? "light" : "dark";
  return (
    <>
      <a className={styles["link"]} href={TUTORIAL} target="_blank" rel="noreferrer">
        <IconBook size={16} stroke={1.6} aria-hidden /> Tutorial, 10 min
      </a>
      <TextButton look="plain" onClick={() => session.store.setState({ themeChoice: other })}>
        {other === "dark" ? <IconMoon size={16} stroke={1.6} aria-hidden /> : <IconSun size={16} stroke={1.6} aria-hidden />}
        {other === "dark" ? "Dark" : "Light"}
      </TextButton>
    </>
  );
}

function UndoRedo() {
  const { session, shown } = useSessionContext();
  const undone = shown.history.filter(({ applied }) => !applied).length;
  const canUndo = shown.history.some(({ id, applied }) => id > 0 && applied);
  const reading = isBeingRead(shown.activity) ? "Wait until the file is read." : undefined;
  return (
    <>
      <IconAction
        icon={IconArrowBackUp}
        size={18}
        label="Undo"
        keys="Ctrl Z"
        unavailable={reading ?? (canUndo ? undefined : "Nothing to undo")}
        onClick={() => void session.actions.undo()}
      />
      <IconAction
        icon={IconArrowForwardUp}
        size={18}
        label="Redo"
        keys="Ctrl Shift Z"
        unavailable={reading ?? (undone > 0 ? undefined : "Nothing to redo")}
        onClick={() => void session.actions.redo()}
      />
    </>
  );
}

function MainActions() {
  const { session, shown } = useSessionContext();
  const { activity, analysis, stale, partial } = shown;
  const running = activity.kind === "running";
  const isNew = analysis === undefined || partial;
  const exportReason = isBeingRead(activity) ? "Wait until the file is read." : isNew ? "Find the phases first" : undefined;
  const unmixes = shown.stage === "unmix" && !isNew;
  const isUnmixed = unmixStepOf(shown.recipe) !== undefined;
  const primary = isNew || stale.length > 0 || (unmixes && !isUnmixed);
  return (
    <>
      {running ? (
        <TextButton
          look="primary"
          unavailable={activity.stopping ? "Stopping." : undefined}
          once
          onClick={() => void session.actions.stop()}
        >
          <IconPlayerStop size={16} stroke={1.6} aria-hidden /> {activity.stopping ? "Stopping" : "Stop"}
        </TextButton>
      ) : (
        <TextButton
          look={primary ? "primary" : "outline"}
          unavailable={runRefusal(shown)}
          once
          onClick={() => void runAloud(session, unmixes ? "run.unmix" : "run.find-phases")}
        >
          <IconPlayerPlay size={16} stroke={1.6} aria-hidden />{" "}
          {unmixes ? (isUnmixed ? "Unmix again" : "Unmix") : isNew ? "Find phases" : "Find phases again"}
        </TextButton>
      )}
      <ExportMenu look={primary ? "outline" : "primary"} unavailable={exportReason} />
    </>
  );
}
