import { formatPercent, histogram } from "@sigma-eds/core";
import { useMemo, useState } from "react";
import { certaintyOf } from "../../session/derived/certainty.js";
import { doubtDefaults } from "../../session/derived/doubt.js";
import { fromPixels } from "../../session/selection/select.js";
import { groundOf } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./doubt-panel.module.css";
import { doubtRows, hatchedShare } from "./doubt-summary.js";

const BINS = 40;

/** Where is it sure? Memberships over all pixels, class by class, and the limit below which regions are in doubt. */
export function DoubtPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, linked } = session;
  const [limit, setLimit] = useState(doubtDefaults.below);
  const membership = analysis?.membership;
  const best = useMemo(() => (membership === undefined ? undefined : certaintyOf(membership).best), [membership]);
  const spread = useMemo(() => (best === undefined ? undefined : histogram(best, BINS, [0, 1])), [best]);
  const rows = useMemo(
    () => (analysis === undefined || best === undefined ? [] : doubtRows(analysis, best, limit)),
    [analysis, best, limit],
  );
  const hatched = useMemo(
    () => (analysis === undefined || best === undefined ? 0 : hatchedShare(analysis, best, limit)),
    [analysis, best, limit],
  );
  if (analysis === undefined || best === undefined || spread === undefined)
    return <EmptyState sentence="No memberships: this method gives each pixel one class and no probability." />;
  const colourBy = (kind: "membership" | "entropy" | "class"): void =>
    linked.colouring.set(
      { ...linked.colouring.current.value, by: { kind }, colourMap: kind === "entropy" ? "doubt" : "viridis" },
      "doubt",
    );
  const select = (from: number, to: number): void => {
    const ground = groundOf(session);
    if (ground === undefined) return;
    const mask = Uint8Array.from(best, (value) => (value >= from && value <= to ? 1 : 0));
    linked.selection.set(fromPixels(mask, `Membership ${from.toFixed(2)} to ${to.toFixed(2)}`, ground), "doubt");
  };
  return (
    <div className={styles["panel"]}>
      <div className={styles["buttons"]}>
        <TextButton onClick={() => colourBy("membership")}>Show membership</TextButton>
        <TextButton onClick={() => colourBy("entropy")}>Show entropy</TextButton>
        <TextButton look="plain" onClick={() => colourBy("class")}>
          Show classes
        </TextButton>
      </div>
      <div>
        <p className={styles["hint"]}>
          Membership of the best class, all {best.length.toLocaleString("en")} pixels. Drag to select a range.
        </p>
        <HistogramChart histogram={spread} name="Membership of the best class" onRange={select} />
      </div>
      <label className={styles["slider"]}>
        <span>In doubt below</span>
        <output>{limit.toFixed(2)}</output>
        <input
          type="range"
          min={0.3}
          max={0.95}
          step={0.01}
          value={limit}
          onChange={(event) => setLimit(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p className={styles["hint"]}>
        {formatPercent(hatched)} of the map lies in connected regions of at least {doubtDefaults.leastPixels} px below the limit.
      </p>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Mean membership</th>
            <th scope="col">Below {limit.toFixed(2)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, colour, below, meanMembership }) => (
            <tr key={id}>
              <th scope="row">
                <span className={styles["name"]}>
                  <ClassSwatch colour={colour} />
                  {name}
                </span>
              </th>
              <td>{meanMembership.toFixed(2)}</td>
              <td>{formatPercent(below)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
