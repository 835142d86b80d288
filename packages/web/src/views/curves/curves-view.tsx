import { useMemo } from "react";
import type { ViewProps } from "../../session/view-session.js";
import { LineChart } from "../../ui/charts/line-chart.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ViewFrame } from "../../ui/view-frame.js";
import styles from "./curves-view.module.css";
import { discoveryCurve, knownCurves } from "./known-curves.js";

/** Loss, scree, stability, evidence: what was chosen from them is ringed. */
export function CurvesView({ session: { analysis } }: ViewProps<Record<string, never>>) {
  const curves = useMemo(() => {
    if (analysis === undefined) return [];
    const discovery = discoveryCurve(analysis);
    return [...(discovery === undefined ? [] : [discovery]), ...knownCurves(analysis)];
  }, [analysis]);
  return (
    <ViewFrame title="Curves">
      {curves.length === 0 ? (
        <EmptyState sentence="No curves: no method of this recipe chose a number from one." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div className={styles["scroll"]} tabIndex={0}>
          {curves.map(({ id, title, sentence, ...curve }) => (
            <section key={id} className={styles["curve"]} aria-label={title}>
              <h3>{title}</h3>
              <LineChart {...curve} description={`${title}: ${sentence}`} />
              <p>{sentence}</p>
            </section>
          ))}
        </div>
      )}
    </ViewFrame>
  );
}
