import { formatFixed } from "@sigma-eds/core";
import { type CSSProperties, useMemo } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { TextButton } from "../../ui/text-button.js";
import { type ClassComposition, type CompositionBar, compositionsOf } from "./composition-bars.js";
import styles from "./composition-panel.module.css";

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
  return (
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
  );
}

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
                {formatFixed(100 * value, 1)} <small>± {formatFixed(100 * error95, error95 < 0.001 ? 2 : 1)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
