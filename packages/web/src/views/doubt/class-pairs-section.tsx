import { formatFixed, isSigmaError, type SpectrumDifference } from "@sigma-eds/core";
import { useState } from "react";
import { editRefusal } from "../../session/refusals.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { decidingWords, differenceSentence, SAME_SIGMA, uniquePairs } from "./class-pairs.js";
import { pairTable } from "./doubt-tables.js";

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** Which classes hardly differ, and a test of any two, each with the way to merge them. */
export function ClassPairsSection({ session, analysis }: Props) {
  const { classes, doubts } = analysis;
  if (classes.length < 2) return null;
  const nameOf = (id: number): string => classes.find((phase) => phase.id === id)?.name ?? String(id);
  const colourOf = (id: number): string => classes.find((phase) => phase.id === id)?.colour ?? "#888888";
  const present = (id: number): boolean => classes.some((phase) => phase.id === id);
  const pairs = uniquePairs((doubts?.pairs ?? []).filter(({ id, nearest }) => present(id) && present(nearest)));
  const refusal = editRefusal(session);
  const merge = (ids: readonly number[]): void => void session.actions.edit([{ step: "edit", action: "merge", ids: [...ids] }]);
  return (
    <PanelSection
      title="Are two classes different?"
      aside="likelihood ratio"
      tables={
        pairs.length === 0
          ? undefined
          : [{ id: "class-pairs", title: "Classes and the one most like each", make: () => pairTable(pairs, nameOf) }]
      }
    >
      {pairs.length > 0 && (
        <div className={panel["scroll"]}>
          <table className={panel["table"]} aria-label="Classes and the one most like each">
            <tbody>
              {[...pairs]
                .sort((a, b) => a.sigma - b.sigma)
                .map((pair) => (
                  <tr key={`${pair.id} ${pair.nearest}`}>
                    <th scope="row">
                      <span className={panel["named"]}>
                        <ClassSwatch colour={colourOf(pair.id)} />
                        <ClassSwatch colour={colourOf(pair.nearest)} />
                        <span>
                          {nameOf(pair.id)}, {nameOf(pair.nearest)}
                        </span>
                      </span>
                    </th>
                    <td className={panel["quiet"]}>{decidingWords(pair).slice(0, 2).join(", ")}</td>
                    <td>
                      {pair.mayMerge ? (
                        <TextButton unavailable={refusal} onClick={() => merge([pair.id, pair.nearest])}>
                          Merge
                        </TextButton>
                      ) : (
                        `${formatFixed(pair.sigma, 0)} σ`
                      )}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
      <PairTest session={session} analysis={analysis} onMerge={merge} />
    </PanelSection>
  );
}

interface Tested {
  /** The labels and the classes that were tested. */
  readonly of: AnalysisSnapshot["labels"];
  readonly ids: readonly number[];
  readonly sentence: string;
  readonly difference: SpectrumDifference | undefined;
}

function PairTest({ session, analysis, onMerge }: Props & { onMerge(ids: readonly number[]): void }) {
  const { classes } = analysis;
  const [chosen, setChosen] = useState<readonly [number, number]>([classes[0]!.id, classes[1]!.id]);
  const [tested, setTested] = useState<Tested>();
  const ids = chosen.map((id, i) => (classes.some((phase) => phase.id === id) ? id : classes[i]!.id)) as [number, number];
  const nameOf = (id: number): string => classes.find((phase) => phase.id === id)?.name ?? "";
  const test = async (): Promise<void> => {
    const [first, second] = ids;
    try {
      const difference = await session.engine.difference(first, second);
      setTested({
        of: analysis.labels,
        ids,
        difference,
        sentence: differenceSentence(difference, nameOf(first), nameOf(second)),
      });
    } catch (error) {
      const sentence = isSigmaError(error) ? error.message : "The test could not be made.";
      setTested({ of: analysis.labels, ids, difference: undefined, sentence });
    }
  };
  const choose = (place: 0 | 1, id: number): void => {
    setTested(undefined);
    setChosen(place === 0 ? [id, ids[1]] : [ids[0], id]);
  };
  const shown = tested?.of === analysis.labels && tested?.ids.join() === ids.join() ? tested : undefined;
  return (
    <div className={panel["panel"]} style={{ gap: 8, marginTop: 8 }}>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr auto", gap: 6, alignItems: "end" }}>
        {([0, 1] as const).map((place) => (
          <label key={place} className={panel["field"]}>
            {place === 0 ? "This class" : "and this one"}
            <select value={ids[place]} onChange={(event) => choose(place, Number(event.currentTarget.value))}>
              {classes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
        <TextButton unavailable={ids[0] === ids[1] ? "Choose two classes." : undefined} onClick={() => void test()}>
          Test
        </TextButton>
      </div>
      {shown !== undefined && (
        <p className={panel["sentence"]} role="status">
          {shown.sentence}
        </p>
      )}
      {shown?.difference !== undefined && shown.difference.sigma < SAME_SIGMA && (
        <div className={panel["row"]}>
          <TextButton unavailable={editRefusal(session)} onClick={() => onMerge(ids)}>
            Merge them
          </TextButton>
        </div>
      )}
    </div>
  );
}
