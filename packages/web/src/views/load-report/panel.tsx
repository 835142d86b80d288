import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { PanelDefinition, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { acquisitionFacts, countsVerdict } from "./facts.js";
import styles from "./panel.module.css";

/** Findings that the first line says in fewer words. */
const SAID_ABOVE: readonly string[] = ["counts-read", "counts-differ"];

/** Whether everything was read, what is missing, and how the image was taken. */
export function LoadReportPanel({ session: { image } }: { readonly session: ViewSession }) {
  if (image === undefined) return <EmptyState sentence="No file is open." />;
  const { good, sentence } = countsVerdict(image);
  const Verdict = good ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={styles["panel"]}>
      <p className={styles[good ? "good" : "finding"]}>
        <Verdict size={18} stroke={1.6} aria-hidden /> {sentence}
      </p>
      {image.findings
        .filter(({ code }) => !SAID_ABOVE.includes(code))
        .map(({ severity, code, message, disables }) => (
          <p key={`${code} ${message}`} className={styles["finding"]} data-severity={severity}>
            {severity === "warning" ? (
              <IconAlertTriangle size={18} stroke={1.6} aria-label="Warning" />
            ) : (
              <IconInfoCircle size={18} stroke={1.6} aria-hidden />
            )}
            <span>
              {message}
              {disables !== undefined && disables.length > 0 && ` Without it: no ${disables.join(", no ")}.`}
            </span>
          </p>
        ))}
      <dl className={styles["facts"]}>
        {acquisitionFacts(image).map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export const loadReportPanel: PanelDefinition = {
  id: "load-report",
  title: "File",
  component: LoadReportPanel,
  stages: ["inspect"],
  place: "tab",
};
