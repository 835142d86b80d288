import { type FeatureTreatment, featureTreatments, formatCount, lineText } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { newestQuestion } from "../../session/newest-question.js";
import { selectRegion } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { IconAction } from "../../ui/icon-action.js";
import { type HeldKeys, modeWithKeys } from "../../ui/plane/outline-gesture.js";
import { TablePane } from "../../ui/table/table-pane.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./distributions-view.module.css";
import { recipeWithTreatments, spreadFigures, spreadsTable, stageText, treatmentsOf } from "./treatments.js";
import { featuresOf, useFeatureSpreads } from "./use-feature-spreads.js";

interface Props {
  readonly session: ViewSession;
}

/** What each normalisation does to every line, before any of them is applied: a column for each stage, a row for each line. */
export function StepByStep({ session }: Props) {
  const { recipe, actions, engine } = session;
  const [questions] = useState(newestQuestion);
  const inRecipe = treatmentsOf(recipe);
  const [tried, setTried] = useState<readonly FeatureTreatment[]>(inRecipe);
  const [asTable, setAsTable] = useState(false);
  const { stages, failure } = useFeatureSpreads(session, tried);
  const next = recipeWithTreatments(recipe, tried);
  const isNew = tried.join() !== inRecipe.join();
  const select = (stage: number, line: string, from: number, to: number, keys: HeldKeys): Promise<void> =>
    questions.ask(
      session,
      () => engine.pixelsInStage(tried, { stage, line, from, to }, featuresOf(recipe)),
      (mask) => {
        const region = { mask, made: `${lineText(line)} from a histogram` };
        selectRegion(session.now(), region, modeWithKeys(session.linked.mode.current.value, keys), "distributions");
      },
    );
  const table: OfferedTable = { id: "distributions", title: "Histograms", make: () => spreadsTable(stages) };
  return (
    <>
      <div className={styles["bar"]}>
        <ol className={styles["chips"]} aria-label="Treatments, in this order">
          {tried.map((treatment, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one may come twice, and their order is what they are
            <li key={`${i} ${treatment}`} className={styles["chip"]}>
              {i + 1} {stageText(treatment)}
              <IconAction
                icon={IconX}
                size={12}
                label={`Take away ${i + 1}: ${stageText(treatment)}`}
                onClick={() => setTried(tried.filter((_, j) => j !== i))}
              />
            </li>
          ))}
        </ol>
        {featureTreatments.map((treatment) => (
          <TextButton key={treatment} look="plain" onClick={() => setTried([...tried, treatment])}>
            + {stageText(treatment)}
          </TextButton>
        ))}
        <span className={styles["space"]} />
        {isNew && (
          <>
            <TextButton look="plain" onClick={() => setTried(inRecipe)}>
              Back to the recipe's
            </TextButton>
            <TextButton
              look="primary"
              unavailable={next === undefined ? "This recipe makes no features of lines." : undefined}
              onClick={() => actions.changeRecipe((now) => recipeWithTreatments(now, tried) ?? now)}
            >
              Use these
            </TextButton>
          </>
        )}
        <TextButton
          look="plain"
          pressed={asTable}
          unavailable={stages.length === 0 ? "There is nothing yet." : undefined}
          onClick={() => setAsTable(!asTable)}
        >
          Show as table
        </TextButton>
        <ExportMenu
          items={[
            {
              label: "Figures (SVG, PNG, TIFF)...",
              unavailable: stages.length === 0 ? "There is nothing yet." : undefined,
              run: () => actions.exportFigure(...spreadFigures(stages)),
            },
          ]}
        />
      </div>
      {failure !== undefined ? (
        <EmptyState sentence={failure} />
      ) : asTable ? (
        <TablePane tables={[table]} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div className={styles["scroll"]} tabIndex={0}>
          <div className={styles["stages"]} style={{ gridTemplateColumns: `64px repeat(${stages.length}, minmax(150px, 1fr))` }}>
            <span />
            {stages.map(({ after }, stage) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one may come twice, and their order is what they are
              <h3 key={stage}>{stageText(after)}</h3>
            ))}
            {stages[0]?.spreads.map(({ line }, row) => (
              <Fragment key={line}>
                <h4>{lineText(line)}</h4>
                {stages.map(({ after, spreads }, stage) => {
                  const spread = spreads[row]!;
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: one may come twice, and their order is what they are
                    <div key={stage} title={spread.zeros > 0 ? `${formatCount(spread.zeros)} pixels with none` : undefined}>
                      <HistogramChart
                        histogram={spread.histogram}
                        zeros={spread.zeros}
                        selected={spread.selected}
                        height={66}
                        name={`${lineText(line)}, ${stageText(after)}`}
                        onRange={(from, to, keys) => void select(stage, line, from, to, keys)}
                      />
                    </div>
                  );
                })}
              </Fragment>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
