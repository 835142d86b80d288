import type { Recipe, RecipeInput } from "@sigma-eds/core";
import { useMemo } from "react";
import { runRefusal } from "../../session/refusals.js";
import type { ViewProps } from "../../session/view-session.js";
import { LineChart } from "../../ui/charts/line-chart.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { curveTables } from "./curve-tables.js";
import styles from "./curves-view.module.css";
import { curveFigures } from "./export-curves.js";
import { discoveryCurve, type KnownCurve, knownCurves } from "./known-curves.js";
import { classNumberCurves, classNumberOf, withClassNumber, withComponents } from "./number-of-classes.js";

/** Numbers of classes, loss, scree, stability, evidence: what was chosen from them is ringed, and a click tries another number. */
export function CurvesView({ session }: ViewProps<Record<string, never>>) {
  const { analysis, recipe, actions } = session;
  const curves = useMemo(() => {
    if (analysis === undefined) return [];
    const discovery = discoveryCurve(analysis);
    const numbers = analysis.classNumber === undefined ? [] : classNumberCurves(analysis.classNumber);
    return [...numbers, ...(discovery === undefined ? [] : [discovery]), ...knownCurves(analysis)];
  }, [analysis]);
  const run = (change: (now: Recipe) => RecipeInput | undefined): void => {
    const refusal = runRefusal(session.now());
    if (refusal !== undefined) {
      actions.say(refusal);
      return;
    }
    actions.changeRecipe((now) => change(now) ?? now);
    void actions.findPhases();
  };
  const tryOf = ({ tries }: KnownCurve): ((x: number) => void) | undefined => {
    if (tries === "classes") return (number) => run((now) => withClassNumber(now, number));
    return tries === "components" ? (number) => run((now) => withComponents(now, number)) : undefined;
  };
  const asked = classNumberOf(recipe);
  const canChoose = typeof asked === "number";
  return (
    <ViewFrame
      title="Curves"
      tables={curveTables(analysis, curves)}
      actions={
        <>
          {canChoose && (
            <TextButton
              look="plain"
              hint="Finds the phases again with every number, and takes the one that the criterion chooses"
              unavailable={runRefusal(session)}
              onClick={() => run((now) => withClassNumber(now, "auto"))}
            >
              {analysis?.classNumber === undefined ? "Choose the number by criterion" : "Back to auto"}
            </TextButton>
          )}
          {curves.length > 0 && (
            <ExportMenu
              items={[{ label: "Figures (SVG, PNG, TIFF)...", run: () => actions.exportFigure(...curveFigures(curves)) }]}
            />
          )}
        </>
      }
    >
      {curves.length === 0 ? (
        <EmptyState sentence="No curves: no method of this recipe chose a number from one." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div className={styles["scroll"]} tabIndex={0}>
          {curves.map((curve) => {
            const { id, title, sentence, tries, ...drawn } = curve;
            const onTry = tryOf(curve);
            return (
              <section key={id} className={styles["curve"]} aria-label={title}>
                <h3>{title}</h3>
                <LineChart {...drawn} description={`${title}: ${sentence}`} onTry={onTry} />
                <p>
                  {sentence}
                  {onTry !== undefined && ` Click a number to find the phases again with it.`}
                </p>
              </section>
            );
          })}
        </div>
      )}
    </ViewFrame>
  );
}
