import { type Format, formats, phantomPresets } from "@sigma-eds/core";
import { IconArrowRight, IconFolderOpen, IconShieldCheck, IconStack2 } from "@tabler/icons-react";
import { useSessionState } from "../../session/use-view-session.js";
import { TextButton } from "../../ui/text-button.js";
import { openAnalysed } from "../open-analysed.js";
import { ProblemCard } from "../problem-card.js";
import { useSessionContext } from "../session-context.js";
import { Workspace } from "../workspace.js";
import { RecentSessions } from "./recent-sessions.js";
import styles from "./start.module.css";

/** First open: the invitation at the left, what is open (the example, at first) alive at the right. */
export function Start() {
  return (
    <main className={styles["start"]}>
      <section className={styles["open"]} aria-label="Open">
        <div>
          <h1>Open a spectrum image</h1>
          <p className={styles["lead"]}>From the microscope’s file to named phases, with the evidence for each of them.</p>
        </div>
        <DropZone />
        <p className={styles["private"]}>
          <IconShieldCheck size={18} stroke={1.6} aria-hidden />
          <span>
            <strong>Your data stays on this computer.</strong> No upload, no account. Works without a network.
          </span>
        </p>
        <RecentSessions />
        <Examples />
        <Steps />
      </section>
      <section className={styles["live"]} aria-label="What is open">
        <Banner />
        <div className={styles["views"]}>
          <Workspace stage="start" />
          <ProblemCard />
        </div>
      </section>
    </main>
  );
}

function DropZone() {
  const { session } = useSessionContext();
  const endings = [...new Set(Object.values<Format>(formats).flatMap(({ extensions }) => extensions.slice(0, 1)))];
  return (
    <div className={styles["zone"]}>
      <IconStack2 size={40} stroke={1.2} aria-hidden />
      <strong>Drop a file anywhere in this window</strong>
      <p>
        {endings.join("  ")}
        <br />
        Files of one set: drop them together
      </p>
      <div className={styles["buttons"]}>
        <TextButton look="primary" onClick={() => void session.commands.run("file.open")}>
          <IconFolderOpen size={16} stroke={1.6} aria-hidden /> Choose a file...
        </TextButton>
        <TextButton onClick={() => void session.commands.run("session.open")}>Open a session</TextButton>
      </div>
    </div>
  );
}

const examples = ["seven-minerals", "gradient-with-inclusions", "rare-grain"] as const;

function Examples() {
  const { session } = useSessionContext();
  const origin = useSessionState(session, (state) => state.origin);
  return (
    <div>
      <div className={styles["heading"]}>
        <h2>Examples</h2>
        <span>with the app, made here</span>
      </div>
      <div className={styles["examples"]}>
        {examples.map((id) => (
          <button
            key={id}
            type="button"
            className={styles["example"]}
            aria-pressed={origin?.kind === "example" && origin.id === id}
            title={phantomPresets[id].summary}
            onClick={() => void openAnalysed(session, id)}
          >
            <strong>{phantomPresets[id].name}</strong>
            <small>phantom with truth</small>
          </button>
        ))}
      </div>
    </div>
  );
}

function Steps() {
  const steps = [
    ["Open.", "Check the sum spectrum and the load report."],
    ["Find phases.", "One click; every choice is explained."],
    ["Check, name, export.", "Figure, table, masks, report, recipe."],
  ] as const;
  return (
    <div className={styles["steps"]}>
      <h2>Three steps</h2>
      <ol>
        {steps.map(([name, words], i) => (
          <li key={name}>
            <b>{i + 1}</b>
            <span>
              <strong>{name}</strong> {words}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Banner() {
  const { session, shown } = useSessionContext();
  const origin = useSessionState(session, (state) => state.origin);
  const { image, analysis } = shown;
  const isExample = origin?.kind === "example";
  const title = image === undefined ? "Nothing is open yet" : isExample ? `Example: ${image.title.toLowerCase()}` : image.name;
  const found =
    analysis === undefined
      ? "not analysed yet"
      : `${analysis.classes.length} classes. Everything here is live: hover, click, lasso.`;
  return (
    <div className={styles["banner"]}>
      <strong>{title}</strong>
      {image !== undefined && <span>{found}</span>}
      <i />
      {image !== undefined && (
        <TextButton
          onClick={() => session.actions.goToStage(analysis === undefined ? "find-phases" : isExample ? "find-phases" : "edit")}
        >
          {isExample ? "Find its phases yourself" : "Back to it"} <IconArrowRight size={16} stroke={1.6} aria-hidden />
        </TextButton>
      )}
    </div>
  );
}
