import { countOf, type Format, formats, phantomPresets } from "@sigma-eds/core";
import { IconArrowRight, IconFolderOpen, IconShieldCheck, IconStack2 } from "@tabler/icons-react";
import { isBeingRead } from "../../session/refusals.js";
import type { Session } from "../../session/session.js";
import { useSessionState } from "../../session/use-view-session.js";
import type { ViewSession } from "../../session/view-session.js";
import { TextButton } from "../../ui/text-button.js";
import { ProblemCard } from "../problem-card.js";
import { runAloud } from "../run-aloud.js";
import { useSessionContext } from "../session-context.js";
import { openExampleAnew } from "../start-up.js";
import { Workspace } from "../workspace.js";
import gradientWithInclusions from "./pictures/gradient-with-inclusions.png";
import rareGrain from "./pictures/rare-grain.png";
import sevenMinerals from "./pictures/seven-minerals.png";
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

/** Endings of maps that most microscopes write; the others are a word away. */
const commonEndings: readonly string[] = [".bcf", ".emd", ".h5oina", ".hspy", ".pts", ".spd", ".rpl", ".dm4"];

function DropZone() {
  const { session } = useSessionContext();
  const endings = [...new Set(Object.values<Format>(formats).flatMap(({ extensions }) => extensions))];
  const others = endings.filter((ending) => !commonEndings.includes(ending));
  return (
    <div className={styles["zone"]}>
      <IconStack2 size={40} stroke={1.2} aria-hidden />
      <strong>Drop a file anywhere in this window</strong>
      <p>
        {commonEndings.filter((ending) => endings.includes(ending)).join("  ")} <abbr title={others.join("  ")}>and others</abbr>
        <br />
        Files of one set: drop them together
      </p>
      <div className={styles["buttons"]}>
        <TextButton look="primary" onClick={() => void runAloud(session, "file.open")}>
          <IconFolderOpen size={16} stroke={1.6} aria-hidden /> Choose a file...
        </TextButton>
        <TextButton onClick={() => void runAloud(session, "session.open")}>Open a session</TextButton>
      </div>
    </div>
  );
}

const examples = [
  { id: "seven-minerals", picture: sevenMinerals },
  { id: "gradient-with-inclusions", picture: gradientWithInclusions },
  { id: "rare-grain", picture: rareGrain },
] as const;

function Examples() {
  const { session } = useSessionContext();
  const origin = useSessionState(session, (state) => state.origin);
  return (
    <div>
      <div className={styles["heading"]}>
        <h2>Examples</h2>
        <span>phantoms, whose phases are known</span>
      </div>
      <div className={styles["examples"]}>
        {examples.map(({ id, picture }) => (
          <button
            key={id}
            type="button"
            className={styles["example"]}
            aria-pressed={origin?.kind === "example" && origin.id === id}
            title={phantomPresets[id].summary}
            onClick={() => void openExampleAnew(session, id)}
          >
            <img src={picture} alt="" width={240} height={180} />
            <strong>{phantomPresets[id].name}</strong>
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
              <strong>{name}</strong> <small>{words}</small>
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
  const { image, analysis, activity } = shown;
  if (image === undefined) {
    const words = activity.kind === "idle" ? "Nothing is open yet." : "Opening an example ...";
    return (
      <div className={styles["banner"]}>
        <span>{words}</span>
      </div>
    );
  }
  const example = origin?.kind === "example" ? origin.id : undefined;
  return (
    <div className={styles["banner"]}>
      <strong>{example === undefined ? image.name : `Example: ${image.title.toLowerCase()}`}</strong>
      <span>{foundWords(shown)}</span>
      <i />
      {example === undefined ? (
        <TextButton onClick={() => session.actions.goToStage(analysis === undefined ? "find-phases" : "edit")}>
          Back to it <IconArrowRight size={16} stroke={1.6} aria-hidden />
        </TextButton>
      ) : (
        <TextButton onClick={() => void findYourself(session, example)}>
          Find its phases yourself <IconArrowRight size={16} stroke={1.6} aria-hidden />
        </TextButton>
      )}
    </div>
  );
}

/** What there is to see of what is open, or what is on its way. */
function foundWords({ analysis, activity, partial }: ViewSession): string {
  if (activity.kind === "running") return "Its phases are being found. Everything here is live meanwhile.";
  if (isBeingRead(activity)) return "opening ...";
  if (analysis?.labels === undefined) return partial ? "Its phases were not found to the end." : "not analysed yet";
  return `${countOf(analysis.classes.length, "class", "classes")}. Everything here is live: hover, click, lasso.`;
}

/** The example as it was before anything was found or named in it. */
async function findYourself({ actions }: Session, id: string): Promise<void> {
  actions.goToStage("find-phases");
  await actions.openExample(id);
  actions.goToStage("find-phases");
}
