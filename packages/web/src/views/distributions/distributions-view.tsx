import { formatCount, lineText } from "@sigma-eds/core";
import { useMemo } from "react";
import { fromPixels } from "../../session/selection/select.js";
import { groundOf } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { distributionRows, pixelsInRange, type Spread, selectedCounts } from "./distribution-rows.js";
import styles from "./distributions-view.module.css";

/** Values of every line before and after normalisation, zero counts apart; a dragged range selects its pixels. */
export function DistributionsView({ session }: ViewProps<Record<string, never>>) {
  const { analysis, linked } = session;
  const selection = useSharedValue(linked.selection).value;
  const rows = useMemo(() => (analysis === undefined ? [] : distributionRows(analysis)), [analysis]);
  const select = (spread: Spread, name: string, from: number, to: number): void => {
    const ground = groundOf(session);
    if (ground !== undefined)
      linked.selection.set(
        fromPixels(pixelsInRange(spread.values, from, to), `${name} from a histogram`, ground),
        "distributions",
      );
  };
  const treatment = analysis?.features?.treatment.join(", ") ?? "";
  return (
    <ViewFrame title="Distributions">
      {rows.length === 0 ? (
        <EmptyState sentence="No values to show yet: map lines first." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div className={styles["scroll"]} tabIndex={0}>
          <div className={styles["grid"]}>
            {rows.map(({ line, before, after }) => (
              <section key={line} className={styles["line"]} aria-label={lineText(line)}>
                <h3>{lineText(line)}</h3>
                {[
                  { spread: before, words: "counts" },
                  { spread: after, words: treatment === "" ? "features" : `after ${treatment}` },
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
                          onRange={(from, to) => select(spread, lineText(line), from, to)}
                        />
                      </div>
                    ),
                )}
              </section>
            ))}
          </div>
        </div>
      )}
    </ViewFrame>
  );
}
