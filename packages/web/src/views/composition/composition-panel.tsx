import { useMemo, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { classTints } from "../../ui/class-tints.js";
import { withErrors } from "../../ui/decimals-of.js";
import { EmptyState } from "../../ui/empty-state.js";
import { withLineWords } from "../../ui/line-words.js";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import {
  type ClassComposition,
  type CompositionBar,
  type CompositionMeaning,
  type Compositions,
  compositionsOf,
} from "./composition-bars.js";
import styles from "./composition-panel.module.css";
import { compositionTable } from "./composition-table.js";

const SHOWN = 7;
/** Smaller fractions than their own interval are not composition. */
const isSeen = ({ value, error95 }: CompositionBar): boolean => value > error95;

const choices: readonly { readonly value: CompositionMeaning; readonly label: string }[] = [
  { value: "mass fraction", label: "wt %" },
  { value: "share of line counts", label: "Shares of counts" },
];

/** Bars with whiskers for each class, the largest fractions first: per cent by mass, and as a choice the plain shares of counts. */
export function CompositionPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, image, actions } = session;
  const [wanted, setWanted] = useState<CompositionMeaning>("mass fraction");
  const resolutionEv = image?.metadata.detector.resolutionEv;
  const known = useMemo(() => (analysis === undefined ? [] : compositionsOf(analysis, resolutionEv)), [analysis, resolutionEv]);
  const shown = known.find(({ meaning }) => meaning === wanted) ?? known[0];
  if (shown === undefined || shown.classes.length === 0)
    return <EmptyState sentence="No composition yet: find phases and mark lines first." />;
  const tables: readonly OfferedTable[] = [{ id: "compositions", title: "Compositions", make: () => compositionTable(shown) }];
  return (
    <PanelSection title="Compositions" tables={tables}>
      <div className={styles["panel"]}>
        {known.length > 1 && (
          <Segmented label="Composition in" value={shown.meaning} choices={choices} onChange={(value) => setWanted(value)} />
        )}
        <p className={styles["meaning"]}>{meaningOf(shown)}</p>
        {shown.classes.map((composition) => (
          <ClassBars key={composition.id} composition={composition} />
        ))}
        <TextButton onClick={() => actions.openView("ternary")}>Open the ternary diagram</TextButton>
      </div>
    </PanelSection>
  );
}

function meaningOf({ meaning, method }: Compositions): string {
  return meaning === "mass fraction"
    ? `Per cent by mass. ${method} Whiskers and ± are 95 % intervals of counting, standards and model together.`
    : `Per cent of the counts of all marked lines; no mass fractions, and no proof that an element is there. ${method} Whiskers and ± are 95 % intervals of counting alone.`;
}

const amount = (value: number, error95: number) => withErrors(100 * value, [100 * error95]);

function ClassBars({ composition: { name, colour, bars, reason } }: { readonly composition: ClassComposition }) {
  const shown = bars
    .filter(isSeen)
    .sort((a, b) => b.value - a.value || (a.element < b.element ? -1 : 1))
    .slice(0, SHOWN);
  const percent = (share: number): string => `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
  return (
    <section className={styles["class"]} style={classTints(colour)} aria-label={name}>
      <h3>
        <ClassSwatch colour={colour} />
        {name}
      </h3>
      {shown.length === 0 && <p className={styles["meaning"]}>{withLineWords(reason ?? "Too few counts.")}</p>}
      <table>
        <tbody>
          {shown.map(({ element, value, error95 }) => (
            <tr key={element}>
              <th scope="row">{element}</th>
              <td>
                <div className={styles["bar"]} aria-hidden>
                  <i style={{ width: percent(value) }} />
                  <b style={{ left: percent(value - error95), width: percent(Math.min(2 * error95, 1)) }} />
                </div>
              </td>
              <td className={styles["number"]}>
                {amount(value, error95).value} <small>{amount(value, error95).errors}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
