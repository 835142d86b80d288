import { programVersion } from "@sigma-eds/core";
import { IconAlertTriangle, IconCircleCheck, IconDeviceDesktop } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { isPending } from "../../session/finishing.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import { useSessionState } from "../../session/use-view-session.js";
import { classTints } from "../../ui/class-tints.js";
import { useSessionContext } from "../session-context.js";
import { hoverWords } from "./hover-words.js";
import styles from "./status-line.module.css";
import { pendingWords, sinceWords } from "./status-words.js";

const SAID_MS = 6000;

/** What the pointer is on, what was done, and whether it is saved. */
export function StatusLine() {
  const { session } = useSessionContext();
  const onStart = useSessionState(session, (state) => state.onStart);
  const analysis = useSessionState(session, (state) => state.analysis);
  const seed = useSessionState(session, ({ recipe }) => recipe.seed);
  return (
    <footer className={styles["status"]}>
      <HoverPlace />
      <div className={styles["rest"]} />
      <Said />
      {isPending(analysis) && <span>{pendingWords(analysis.pending ?? [])}</span>}
      {onStart ? <StartFacts /> : <Facts seed={seed} labels={analysis?.labelsSha256} />}
    </footer>
  );
}

function HoverPlace() {
  const { session, shown } = useSessionContext();
  const hover = useSharedValue(session.linked.hover).value;
  const words = hoverWords(hover, shown);
  if (words === undefined) {
    return (
      <span className={styles["saved"]}>
        <IconDeviceDesktop size={14} stroke={1.6} aria-hidden /> Everything runs here: no server
      </span>
    );
  }
  return (
    <span className={styles["place"]}>
      <strong>{words.place}</strong>
      {words.facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {words.className !== undefined && (
        <span>
          {words.colour !== undefined && <span className={styles["swatch"]} style={classTints(words.colour)} />}
          {words.className}
        </span>
      )}
    </span>
  );
}

/** The last thing that was said, for a few seconds; screen readers hear it. */
function Said() {
  const { session } = useSessionContext();
  const said = useSessionState(session, (state) => state.said);
  const [past, setPast] = useState<number>();
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setPast(said.at), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return <output aria-live="polite">{said === undefined || said.at === past ? "" : said.sentence}</output>;
}

function StartFacts() {
  return (
    <>
      <span>{graphics()}</span>
      <span>Version {programVersion}</span>
    </>
  );
}

interface FactsProps {
  readonly seed: number;
  /** SHA-256 of the labels: what `sigma run` with the same recipe writes into result.json. */
  readonly labels: string | undefined;
}

function Facts({ seed, labels }: FactsProps) {
  const { session } = useSessionContext();
  const saved = useSessionState(session, (state) => state.saved);
  return (
    <>
      {saved.kind === "failed" && (
        <span className={styles["saved"]}>
          <IconAlertTriangle size={14} stroke={1.6} aria-hidden /> Not saved
        </span>
      )}
      {saved.kind === "saving" && <span>Saving</span>}
      {saved.kind === "saved" && saved.at !== undefined && (
        <span className={styles["saved"]} title={new Date(saved.at).toLocaleString()}>
          <IconCircleCheck size={14} stroke={1.6} aria-hidden /> <span>Saved</span> <Since at={saved.at} />
        </span>
      )}
      <span title={labels === undefined ? undefined : `Labels: SHA-256 ${labels}`}>Seed {seed}</span>
    </>
  );
}

/** How long ago something was, counted on while it is shown; screen readers are not told every second. */
function Since({ at }: { readonly at: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-hidden>{sinceWords(at, now)}</span>;
}

let known: string | undefined;

function graphics(): string {
  known ??= document.createElement("canvas").getContext("webgl2") === null ? "Graphics: software" : "Graphics: WebGL 2";
  return known;
}
