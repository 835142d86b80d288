import { countOf, type Finding } from "@sigma-eds/core";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { PanelDefinition, ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { datasetTitle } from "../../ui/dataset-title.js";
import { EmptyState } from "../../ui/empty-state.js";
import { acquisitionFacts, alikeTogether, countsVerdict } from "./facts.js";
import { MarkedElements } from "./marked-elements.js";
import styles from "./panel.module.css";

/** Findings that the first line says in fewer words. */
const SAID_ABOVE: readonly string[] = ["counts-read", "counts-differ"];

/** Whether everything was read, what is missing, and how the image was taken. */
export function LoadReportPanel({ session }: { readonly session: ViewSession }) {
  const { image } = session;
  if (image === undefined)
    return <EmptyState sentence={session.file === undefined ? "No file is open." : "No spectrum image is chosen yet."} />;
  const { good, sentence } = countsVerdict(image);
  const Verdict = good ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={styles["panel"]}>
      <DatasetChoice session={session} dataset={image.dataset} />
      <p className={styles[good ? "good" : "finding"]}>
        <Verdict size={18} stroke={1.6} aria-hidden /> {sentence}
      </p>
      {alikeTogether(image.findings.filter(({ code }) => !SAID_ABOVE.includes(code))).map(([first, ...others]) => (
        <FindingWords key={`${first.code} ${first.message}`} finding={first} others={others} />
      ))}
      <MarkedElements session={session} />
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

interface FindingProps {
  readonly finding: Finding;
  /** Of the same kind, as of each picture of a set. */
  readonly others: readonly Finding[];
}

function FindingWords({ finding, others }: FindingProps) {
  return (
    <div className={styles["finding"]} data-severity={finding.severity}>
      {finding.severity === "warning" ? (
        <IconAlertTriangle size={18} stroke={1.6} aria-label="Warning" />
      ) : (
        <IconInfoCircle size={18} stroke={1.6} aria-hidden />
      )}
      <span>
        {sentenceOf(finding)}
        {others.length > 0 && (
          <details>
            <summary>{countOf(others.length, "more like it", "more like it")}</summary>
            {others.map((other) => (
              <p key={other.message}>{sentenceOf(other)}</p>
            ))}
          </details>
        )}
      </span>
    </div>
  );
}

function sentenceOf({ message, disables }: Finding): string {
  return disables === undefined || disables.length === 0 ? message : `${message} Without it: no ${disables.join(", no ")}.`;
}

/** Which spectrum image of a file that holds several; nothing for one that holds one. */
function DatasetChoice({ session: { file, activity, actions }, dataset }: DatasetProps) {
  const datasets = file?.datasets ?? [];
  if (datasets.length < 2) return null;
  const isBusy = activity.kind !== "idle";
  return (
    <Choice
      label="Spectrum image of the file"
      value={String(dataset)}
      choices={datasets.map(({ title }, i) => ({
        value: String(i),
        label: datasetTitle(title, i),
        disabled: isBusy && i !== dataset,
      }))}
      onChange={(chosen) => void actions.chooseDataset(Number(chosen))}
    />
  );
}

interface DatasetProps {
  readonly session: ViewSession;
  readonly dataset: number;
}

export const loadReportPanel: PanelDefinition = {
  id: "load-report",
  title: "File",
  component: LoadReportPanel,
  stages: ["inspect"],
  place: "tab",
};
