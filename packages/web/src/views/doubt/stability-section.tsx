import { formatFixed, formatPercent, type Histogram, histogram, steps } from "@sigma-eds/core";
import { useMemo, useState } from "react";
import type { DataTable, OfferedTable } from "../../session/data-table.js";
import { useHereSentences } from "../../session/derived/here/use-here-sentences.js";
import { runRefusal } from "../../session/refusals.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { Meter } from "../../ui/panel/meter.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import parameters from "../../ui/parameters/parameters.module.css";
import { fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { type HeldKeys, modeWithKeys } from "../../ui/plane/outline-gesture.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import styles from "./doubt-panel.module.css";
import { shareHistogramTable, stabilityTable } from "./doubt-tables.js";
import {
  editsSentence,
  expectedSeconds,
  recipeWithoutStability,
  recipeWithStability,
  type StabilityEntry,
  stabilityEntryOf,
  stabilityRows,
  stabilitySentence,
} from "./stability-rows.js";

const SOURCE = "doubt";
const USUAL_RUNS = 5;

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** Are the classes found again? Tried when asked for, since each run costs what finding them costs; then class by class, and pixel by pixel on the map. */
export function StabilitySection({ session, analysis }: Props) {
  const { stability } = analysis;
  const edits = editsSentence(analysis);
  return (
    <PanelSection
      title="Are the classes found again?"
      aside={stability && `${stability.runs} runs`}
      tables={stability && stabilityTables(analysis, stability)}
    >
      <div className={panel["panel"]} style={{ gap: 10 }}>
        {stability !== undefined && <Found session={session} analysis={analysis} stability={stability} />}
        {edits !== undefined && <p className={panel["sentence"]}>{edits}</p>}
        <Try session={session} hasResult={stability !== undefined} />
      </div>
    </PanelSection>
  );
}

type Stability = NonNullable<AnalysisSnapshot["stability"]>;

function stabilityTables(analysis: AnalysisSnapshot, stability: Stability): readonly OfferedTable[] {
  const spread = (): DataTable => shareHistogramTable(spreadOf(stability), "found_again", "Found again");
  return [
    { id: "stability", title: "Classes found again", make: () => stabilityTable(stabilityRows(analysis, stability)) },
    { id: "stability-pixels", title: "Histogram of pixels", make: spread },
  ];
}

/** Shares of the runs in which pixels stay in their class. */
function spreadOf({ pixels, runs }: Stability): Histogram {
  return histogram(
    pixels.filter((value) => !Number.isNaN(value)),
    runs + 1,
    [0, 1],
  );
}

const shownOnMap = [
  { value: "class", label: "Classes" },
  { value: "stability", label: "Found again" },
] as const;

function Found({ session, analysis, stability }: Props & { readonly stability: Stability }) {
  const { linked } = session;
  const colouring = useSharedValue(linked.colouring).value;
  const rows = useMemo(() => stabilityRows(analysis, stability), [analysis, stability]);
  const spread = useMemo(() => spreadOf(stability), [stability]);
  const select = (from: number, to: number, keys: HeldKeys): void => {
    const mask = Uint8Array.from(stability.pixels, (value) => (value >= from && value <= to ? 1 : 0));
    const made = `Found again ${formatFixed(from, 2)} to ${formatFixed(to, 2)}`;
    selectRegion(session, { mask, made }, modeWithKeys(linked.mode.current.value, keys), SOURCE);
  };
  return (
    <>
      <div className={panel["row"]}>
        <span className={panel["hint"]}>On the map</span>
        <Segmented
          label="Stability on the map"
          value={colouring.by.kind === "stability" ? "stability" : "class"}
          choices={shownOnMap}
          onChange={(kind) => linked.colouring.set({ ...colouring, by: { kind }, colourMap: "viridis" }, SOURCE)}
        />
      </div>
      <p className={panel["hint"]}>{stabilitySentence(stability)}</p>
      <HistogramChart histogram={spread} name="Share of the runs in which a pixel's class is found again" onRange={select} />
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Classes found again">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Jaccard</th>
              <th scope="col" aria-hidden />
              <th scope="col">found again</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, colour, jaccard, found, verdict }) => (
              <tr key={id}>
                <th scope="row">
                  <span className={panel["named"]}>
                    {colour !== undefined && <ClassSwatch colour={colour} />}
                    <span className={styles["name"]} title={name}>
                      {name}
                    </span>
                  </span>
                </th>
                <td>{formatFixed(jaccard, 2)}</td>
                <td style={{ width: 56 }}>
                  <Meter share={jaccard} mark={0.75} />
                </td>
                <td>
                  {verdict !== "stable" && (
                    <span className={panel["tag"]} data-tone={verdict === "dissolves" ? "warn" : undefined}>
                      {verdict}
                    </span>
                  )}{" "}
                  {formatPercent(found)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={panel["hint"]}>
        Jaccard: pixels in common over pixels in either, mean over the runs; above 0.75 a class is stable, below 0.5 it dissolves
        (Hennig 2007).
      </p>
    </>
  );
}

/** The settings, the button that tries it, and while it runs how far it is and the way to stop. */
function Try({ session, hasResult }: { readonly session: ViewSession; readonly hasResult: boolean }) {
  const { recipe, actions, activity, lastSteps, stale } = session;
  const asked = stabilityEntryOf(recipe);
  const sentences = useHereSentences();
  const [chosen, setChosen] = useState<Partial<StabilityEntry>>({});
  const settings = { ...chosen, ...asked };
  const running = activity.kind === "running" ? activity.steps.find(({ title }) => title === steps.stability.title) : undefined;
  if (activity.kind === "running" && running !== undefined && running.state !== "done")
    return (
      <div className={panel["row"]}>
        <progress className={styles["progress"]} value={running.fraction} aria-label="Classes are found again" />
        <span className={panel["hint"]}>{running.state === "waiting" ? "waiting" : formatPercent(running.fraction)}</span>
        <TextButton unavailable={activity.stopping ? "Stopping." : undefined} onClick={() => void actions.stop()}>
          Stop
        </TextButton>
      </div>
    );
  const runs = settings.runs ?? USUAL_RUNS;
  const seconds = expectedSeconds(recipe, lastSteps, runs);
  const here = sentences?.hereOfStep(session, { step: "stability", ...settings });
  const set = (changes: Partial<StabilityEntry>): void => {
    if (asked === undefined) setChosen({ ...chosen, ...changes });
    else actions.changeRecipe(recipeWithStability(recipe, changes) ?? recipe);
  };
  const start = (): void => {
    const next = recipeWithStability(recipe, settings);
    if (next === undefined) return;
    if (asked === undefined) actions.changeRecipe(next);
    void actions.findPhases();
  };
  const isNeeded = !hasResult || stale.length > 0;
  return (
    <>
      {!hasResult && (
        <p className={panel["hint"]}>
          Not tried yet. Each run finds the classes again from counts drawn anew, and costs what finding them costs
          {seconds === undefined ? "." : `: about ${formatFixed(Math.max(1, seconds), 0)} s in all.`}
        </p>
      )}
      <div className={parameters["fields"]}>
        {fieldsOfStep("stability").map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            value={settings[field.name as "runs" | "resample"]}
            here={here?.(field.name)}
            onChange={(value) => set({ [field.name]: value ?? field.standard })}
          />
        ))}
      </div>
      <div className={panel["row"]}>
        {isNeeded && (
          <TextButton unavailable={reasonNot(session)} onClick={start}>
            {hasResult ? "Try again" : `Find them ${runs} times again`}
          </TextButton>
        )}
        {asked !== undefined && (
          <TextButton look="plain" onClick={() => actions.changeRecipe(recipeWithoutStability(recipe))}>
            Leave it out of the recipe
          </TextButton>
        )}
      </div>
    </>
  );
}

function reasonNot(session: ViewSession): string | undefined {
  const isPossible = recipeWithStability(session.recipe, {}) !== undefined;
  return runRefusal(session) ?? (isPossible ? undefined : "The recipe has no spectra of classes.");
}
