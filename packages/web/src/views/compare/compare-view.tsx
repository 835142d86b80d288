import { type ComparedResult, type Comparison, compareResults, formatCount, formatFixed, isSigmaError } from "@sigma-eds/core";
import { useMemo, useRef, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { comparedResult, type KeptResult, keepResult, keptResults, resultBeforeEdits } from "../../session/kept-results.js";
import { resultOfFile } from "../../session/result-of-file.js";
import { fromPixels } from "../../session/selection/select.js";
import { groundOf } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { HistoryEntry, ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { type PickGroup, PickMenu } from "../../ui/pick-menu.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { ChangePicture } from "./change-picture.js";
import styles from "./compare-view.module.css";
import { agreementSentence, confusionTable, type MatchRow, matchRows, valueText } from "./comparison-rows.js";
import { confusionPixels, matchTable, recipeTable } from "./comparison-tables.js";
import { changeFigure, confusionFigure } from "./export-comparison.js";

type NoSettings = Readonly<Record<string, never>>;
type Choice = "before-edits" | "earlier" | number;
const SOURCE = "compare";

interface Other {
  readonly name: string;
  readonly result: ComparedResult;
}

interface Earlier extends Other {
  /** Id of the line of the history. */
  readonly entry: number;
}

/** What is shown beside another result of the same field or of another: matched classes, changes, confusion, recipes. */
export function CompareView({ session }: ViewProps<NoSettings>) {
  const { analysis, linked, actions } = session;
  const kept = useSharedValue(keptResults(linked)).value;
  const [chosen, setChosen] = useState<Choice>();
  const [problem, setProblem] = useState<string>();
  const [earlier, setEarlier] = useState<Earlier>();
  const before = useMemo(() => (analysis === undefined ? undefined : resultBeforeEdits(analysis)), [analysis]);
  const own = useMemo(() => (analysis === undefined ? undefined : comparedResult(analysis)), [analysis]);
  const choice = chosen ?? kept.at(-1)?.number ?? (before === undefined ? undefined : "before-edits");
  const other = choice === "earlier" ? earlier : otherOf(choice, before, kept);
  const otherResult = other?.result;
  const comparison = useMemo(
    () => (own === undefined || otherResult === undefined ? undefined : compareResults(otherResult, own)),
    [own, otherResult],
  );
  const wanted = useRef<unknown>(undefined);
  const choose = (next: Choice): void => {
    wanted.current = next;
    setChosen(next);
  };
  const keep = (): void => {
    if (own === undefined) return;
    const { number } = keepResult(linked, `Result ${kept.length + 1}, ${own.classes.length} classes`, own);
    choose(number);
    actions.say("Put aside. Change something, and compare.");
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined || analysis === undefined) return;
    setProblem(undefined);
    try {
      const result = await resultOfFile(file.name, new Uint8Array(await file.arrayBuffer()), analysis.grid);
      choose(keepResult(linked, file.name, result).number);
    } catch (error) {
      setProblem(isSigmaError(error) ? error.message : "The file could not be read.");
    }
  };
  /** It may take a while; what is chosen meanwhile is what is wanted. */
  const goBack = async (entry: HistoryEntry): Promise<void> => {
    const { id, sentence } = entry;
    wanted.current = entry;
    setProblem(undefined);
    actions.say("That state is being computed again ...");
    try {
      const result = await session.resultAt(id);
      if (wanted.current !== entry) return;
      setEarlier({ entry: id, name: `after: ${sentence}`, result });
      setChosen("earlier");
    } catch (error) {
      if (wanted.current === entry) setProblem(isSigmaError(error) ? error.message : "That state could not be computed again.");
    }
  };
  const rows =
    comparison === undefined || other === undefined || own === undefined ? [] : matchRows(comparison, other.result, own);
  return (
    <ViewFrame
      title="Compare"
      tables={
        comparison === undefined || other === undefined || own === undefined ? undefined : tablesOf(comparison, own, other, rows)
      }
      controls={
        <PickMenu
          label="Compare with"
          text={other === undefined ? "with another result" : `with ${other.name}`}
          groups={[
            ...groupsOf(choice, before, kept, choose),
            historyGroup(session.history, choice === "earlier" ? earlier?.entry : undefined, (entry) => void goBack(entry)),
          ]}
        />
      }
      actions={analysis !== undefined && <ComparisonExport {...{ session, comparison, own, other }} />}
    >
      {analysis === undefined || own === undefined ? (
        <EmptyState sentence="No classes yet. Find phases first, then compare with another result." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div className={styles["layout"]} tabIndex={0}>
          <Offers onKeep={keep} onFile={(file) => void read(file)} />
          {problem !== undefined && (
            <p className={panel["error"]} role="alert">
              {problem}
            </p>
          )}
          {comparison === undefined || other === undefined ? (
            <p className={panel["hint"]}>
              Put this result aside and change something, open the zip of another result or a session file, or choose an earlier
              state of the history in the list above.
            </p>
          ) : (
            <Compared session={session} analysis={analysis} comparison={comparison} own={own} other={other} rows={rows} />
          )}
        </div>
      )}
    </ViewFrame>
  );
}

function otherOf(
  chosen: Exclude<Choice, "earlier"> | undefined,
  before: ComparedResult | undefined,
  kept: readonly KeptResult[],
): Other | undefined {
  if (chosen === "before-edits") return before === undefined ? undefined : { name: "the classes before edits", result: before };
  return kept.find(({ number }) => number === chosen);
}

/** Every earlier state, newest first, undone ones too; selections change no class. */
function historyGroup(
  history: readonly HistoryEntry[],
  chosen: number | undefined,
  choose: (entry: HistoryEntry) => void,
): PickGroup {
  const states = history.filter(({ kind }) => kind === "edit" || kind === "found").toReversed();
  const now = states.findIndex(({ applied }) => applied);
  return {
    title: "History",
    items: states.map((entry, i) => ({
      id: `history ${entry.id}`,
      label: entry.applied ? entry.sentence : `${entry.sentence} (undone)`,
      chosen: entry.id === chosen,
      unavailable: i === now ? "This is what is shown." : undefined,
      choose: () => choose(entry),
    })),
  };
}

function groupsOf(
  chosen: Choice | undefined,
  before: ComparedResult | undefined,
  kept: readonly KeptResult[],
  choose: (choice: Choice) => void,
) {
  return [
    {
      title: "This session",
      items: [
        {
          id: "before-edits",
          label: "Before the edits",
          chosen: chosen === "before-edits",
          unavailable: before === undefined ? "Nothing was edited." : undefined,
          choose: () => choose("before-edits"),
        },
      ],
    },
    {
      title: "Put aside or opened",
      items: kept.map(({ number, name }) => ({
        id: String(number),
        label: name,
        chosen: chosen === number,
        choose: () => choose(number),
      })),
    },
  ];
}

function Offers({ onKeep, onFile }: { onKeep(): void; onFile(file: File | undefined): void }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className={panel["row"]}>
      <TextButton onClick={onKeep}>Put this result aside</TextButton>
      <TextButton onClick={() => file.current?.click()}>Open a result…</TextButton>
      <input
        ref={file}
        type="file"
        accept=".zip,.sigma"
        hidden
        aria-label="Zip of a result, or session file"
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

/** Matched classes, where pixels went, and what was done differently. */
function tablesOf(comparison: Comparison, own: ComparedResult, other: Other, rows: readonly MatchRow[]): readonly OfferedTable[] {
  const confusion = confusionTable(comparison, other.result, own);
  return [
    { id: "comparison", title: "Matched classes", make: () => matchTable(rows) },
    ...(confusion === undefined ? [] : [{ id: "confusion", title: "Where pixels went", make: () => confusionPixels(confusion) }]),
    { id: "recipe-differences", title: "What was done differently", make: () => recipeTable(comparison) },
  ];
}

function ComparisonExport({ session: { actions, analysis }, comparison, own, other }: ExportProps) {
  const table =
    comparison === undefined || own === undefined || other === undefined
      ? undefined
      : confusionTable(comparison, other.result, own);
  const changed = comparison?.changed;
  const nothing = comparison === undefined ? "Choose a result to compare with." : "Two fields: no pixel can be compared.";
  return (
    <ExportMenu
      items={[
        {
          label: "Map of changes (SVG, PNG, TIFF)...",
          unavailable: changed === undefined ? nothing : undefined,
          run: () => {
            if (changed !== undefined && analysis !== undefined && other !== undefined)
              actions.exportFigure(changeFigure(changed, analysis.grid, other.name));
          },
        },
        {
          label: "Where pixels went (SVG, PNG, TIFF)...",
          unavailable: table === undefined ? nothing : undefined,
          run: () => {
            if (table !== undefined && other !== undefined) actions.exportFigure(confusionFigure(table, other.name));
          },
        },
      ]}
    />
  );
}

interface ExportProps {
  readonly session: ViewSession;
  readonly comparison: Comparison | undefined;
  readonly own: ComparedResult | undefined;
  readonly other: Other | undefined;
}

interface ComparedProps {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
  readonly comparison: Comparison;
  readonly own: ComparedResult;
  readonly other: Other;
  readonly rows: readonly MatchRow[];
}

function Compared({ session, analysis, comparison, own, other, rows }: ComparedProps) {
  const { changed } = comparison;
  const { grid } = analysis;
  const sentence = agreementSentence(comparison);
  const select = (): void => {
    const ground = groundOf(session);
    if (ground === undefined || changed === undefined) return;
    session.linked.selection.set(fromPixels(Uint8Array.from(changed), `Changed against ${other.name}`, ground), SOURCE);
  };
  return (
    <>
      <div className={styles["summary"]}>
        {changed !== undefined && (
          <ChangePicture changed={changed} width={grid.width} height={grid.height} description={`Map of changes. ${sentence}`} />
        )}
        <div className={styles["facts"]}>
          <p className={panel["sentence"]}>{sentence}</p>
          {changed?.includes(1) === true && (
            <div>
              <TextButton onClick={select}>Select the changed pixels</TextButton>
            </div>
          )}
        </div>
      </div>
      <Matched rows={rows} otherName={other.name} />
      <Confusion comparison={comparison} own={own} other={other} />
      <RecipeDifferences comparison={comparison} />
    </>
  );
}

function Matched({ rows, otherName }: { readonly rows: readonly MatchRow[]; readonly otherName: string }) {
  const percent = (share: number | undefined): string => (share === undefined ? "–" : formatFixed(100 * share, 1));
  return (
    <PanelSection title="Matched classes" aside={`${otherName} → now`}>
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Matched classes">
          <thead>
            <tr>
              <th scope="col">Before</th>
              <th scope="col" data-text>
                Now
              </th>
              <th scope="col">area % before</th>
              <th scope="col">area % now</th>
              <th scope="col">in common %</th>
              <th scope="col">cosine</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, firstName, secondName, areaFirst, areaSecond, overlap, similarity }) => (
              <tr key={key}>
                <th scope="row">{firstName}</th>
                <td data-text>{secondName}</td>
                <td>{percent(areaFirst)}</td>
                <td>{percent(areaSecond)}</td>
                <td>{percent(overlap)}</td>
                <td>{similarity === undefined ? "–" : formatFixed(similarity, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelSection>
  );
}

function Confusion({ comparison, own, other }: Pick<ComparedProps, "comparison" | "own" | "other">) {
  const table = useMemo(() => confusionTable(comparison, other.result, own), [comparison, own, other]);
  if (table === undefined) return null;
  return (
    <PanelSection title="Where pixels went" aside="pixels; rows before, columns now">
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Pixels of each class before, by their class now">
          <thead>
            <tr>
              <th scope="col">Before</th>
              {table.columns.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ id, name, counts, partner }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {counts.map((count, i) => (
                  <td
                    key={table.columns[i]!.id}
                    className={i === partner ? styles["partner"] : count === 0 ? panel["quiet"] : undefined}
                  >
                    {count === 0 ? "·" : formatCount(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelSection>
  );
}

function RecipeDifferences({ comparison: { recipe } }: Pick<ComparedProps, "comparison">) {
  return (
    <PanelSection title="What was done differently" aside={recipe.length === 0 ? "same recipe" : undefined}>
      {recipe.length > 0 && (
        <div className={panel["scroll"]}>
          <table className={panel["table"]} aria-label="Differences of the recipes">
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col" data-text>
                  Before
                </th>
                <th scope="col" data-text>
                  Now
                </th>
              </tr>
            </thead>
            <tbody>
              {recipe.map(({ path, first, second }) => (
                <tr key={path}>
                  <th scope="row" className={styles["path"]} title={path}>
                    {path}
                  </th>
                  <td data-text title={JSON.stringify(first)}>
                    {valueText(first)}
                  </td>
                  <td data-text title={JSON.stringify(second)}>
                    {valueText(second)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </PanelSection>
  );
}
