import { formatCount, lineText } from "@sigma-eds/core";
import { useMemo } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { type HeldKeys, modeWithKeys } from "../../ui/plane/outline-gesture.js";
import { Segmented } from "../../ui/segmented.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { chainSentence } from "./chain-words.js";
import { clusteredStages, distributionRows, pixelsInRange, type Spread, selectedCounts } from "./distribution-rows.js";
import type { DistributionsSpec } from "./distributions-spec.js";
import styles from "./distributions-view.module.css";
import { StepByStep } from "./step-by-step.js";
import { spreadFigures, spreadsTable } from "./treatments.js";

/** Values of every line before and after normalisation, zero counts apart; a dragged range selects its pixels. */
export function DistributionsView({ session, spec, onSpec }: ViewProps<DistributionsSpec>) {
  const { analysis } = session;
  const isStepwise = spec.mode === "step by step";
  const { mask, count } = useSharedValue(session.linked.selection).value;
  const selected = count > 0 ? mask : undefined;
  const tables = useMemo(
    () => (isStepwise || analysis === undefined ? [] : [histogramsOf(analysis, selected)]),
    [isStepwise, analysis, selected],
  );
  return (
    <ViewFrame
      title="Distributions"
      tables={tables}
      controls={
        analysis !== undefined && (
          <Segmented label="What is shown" value={spec.mode} choices={modes} onChange={(mode) => onSpec({ ...spec, mode })} />
        )
      }
      actions={!isStepwise && analysis !== undefined && <AsClusteredExport session={session} analysis={analysis} />}
    >
      {isStepwise && analysis !== undefined ? (
        <div className={styles["stepwise"]}>
          <StepByStep session={session} />
        </div>
      ) : (
        <AsClustered session={session} />
      )}
    </ViewFrame>
  );
}

const modes: readonly { readonly value: DistributionsSpec["mode"]; readonly label: string }[] = [
  { value: "as clustered", label: "As clustered" },
  { value: "step by step", label: "Step by step" },
];

function AsClusteredExport({ session, analysis }: { readonly session: ViewSession; readonly analysis: AnalysisSnapshot }) {
  const stages = useMemo(() => clusteredStages(analysis), [analysis]);
  const unavailable = stages.length === 0 ? "There is nothing yet." : undefined;
  const figures = (): void => session.actions.exportFigure(...spreadFigures(stages));
  return <ExportMenu items={[{ label: "Figures (SVG, PNG, TIFF)...", unavailable, run: figures }]} />;
}

function histogramsOf(analysis: AnalysisSnapshot, selected: Uint8Array | undefined): OfferedTable {
  return {
    id: "distributions",
    title: "Histograms",
    make: () => spreadsTable(clusteredStages(analysis, selected)),
  };
}

/** Counts and, where there are any, the features that were clustered. */
function AsClustered({ session }: { readonly session: ViewSession }) {
  const { analysis, linked } = session;
  const selection = useSharedValue(linked.selection).value;
  const rows = useMemo(() => (analysis === undefined ? [] : distributionRows(analysis)), [analysis]);
  const select = (spread: Spread, name: string, from: number, to: number, keys: HeldKeys): void => {
    const region = { mask: pixelsInRange(spread.values, from, to), made: `${name} from a histogram` };
    selectRegion(session, region, modeWithKeys(linked.mode.current.value, keys), "distributions");
  };
  const chain = analysis?.features === undefined ? undefined : chainSentence(analysis.features.treatment);
  return rows.length === 0 ? (
    <EmptyState sentence="No values to show yet: map lines first." />
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div className={styles["scroll"]} tabIndex={0}>
      <p className={styles["chain"]}>Above: counts of the line. {chain !== undefined && `Below: features, ${chain}`}</p>
      <div className={styles["grid"]}>
        {rows.map(({ line, before, after }) => (
          <section key={line} className={styles["line"]} aria-label={lineText(line)}>
            <h3>{lineText(line)}</h3>
            {[
              { spread: before, words: "counts" },
              { spread: after, words: "features" },
            ].map(
              ({ spread, words }) =>
                spread !== undefined && (
                  <div key={words}>
                    <p>
                      {words}
                      {spread.zeros > 0 && `, ${formatCount(spread.zeros)} pixels with none`}
                    </p>
                    <HistogramChart
                      histogram={spread.histogram}
                      zeros={spread.zeros}
                      selected={
                        selection.count > 0 && selection.mask.length === spread.values.length
                          ? selectedCounts(spread, selection.mask)
                          : undefined
                      }
                      name={`${lineText(line)}, ${words}`}
                      onRange={(from, to, keys) => select(spread, lineText(line), from, to, keys)}
                    />
                  </div>
                ),
            )}
          </section>
        ))}
      </div>
    </div>
  );
}
