import { type CSSProperties, useMemo } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { withErrors } from "../../ui/decimals-of.js";
import { EmptyState } from "../../ui/empty-state.js";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import { type ClassComposition, type CompositionBar, compositionsOf } from "./composition-bars.js";
import styles from "./composition-panel.module.css";
import { compositionTable } from "./composition-table.js";

const SHOWN = 7;
/** Smaller fractions than their own interval are not composition. */
const isSeen = ({ value, error95 }: CompositionBar): boolean => value > error95;

/** Bars with whiskers for each class, the largest fractions first. */
export function CompositionPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, image, actions } = session;
  const resolutionEv = image?.metadata.detector.resolutionEv;
  const compositions = useMemo(
    () => (analysis === undefined ? undefined : compositionsOf(analysis, resolutionEv)),
    [analysis, resolutionEv],
  );
  if (compositions === undefined || compositions.classes.length === 0)
    return <EmptyState sentence="No composition yet: find phases and mark lines first." />;
  const tables: readonly OfferedTable[] = [
    { id: "compositions", title: "Compositions", make: () => compositionTable(compositions) },
  ];
  return (
    <PanelSection title="Compositions" tables={tables}>
      <div className={styles["panel"]}>
        <p className={styles["meaning"]}>
          {compositions.meaning === "mass fraction"
            ? "Mass fractions in per cent; whiskers are 95 % intervals."
            : "Shares of the counts in the marked lines, in per cent; not yet mass fractions. Whiskers are 95 % intervals of counting."}
        </p>
        {compositions.classes.map((composition) => (
          <ClassBars key={composition.id} composition={composition} />
        ))}
        <TextButton onClick={() => actions.openView("ternary")}>Open the ternary diagram</TextButton>
      </div>
    </PanelSection>
  );
}

const amount = (value: number, error95: number) => withErrors(100 * value, [100 * error95]);

function ClassBars({ composition: { name, colour, bars } }: { readonly composition: ClassComposition }) {
  const shown = bars
    .filter(isSeen)
    .sort((a, b) => b.value - a.value || (a.element < b.element ? -1 : 1))
    .slice(0, SHOWN);
  const percent = (share: number): string => `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
  return (
    <section className={styles["class"]} style={{ "--class": colour } as CSSProperties} aria-label={name}>
      <h3>
        <ClassSwatch colour={colour} />
        {name}
      </h3>
      {shown.length === 0 && <p className={styles["meaning"]}>Too few counts.</p>}
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
