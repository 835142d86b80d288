import { formatCount, formatFixed, formatPercent, histogram } from "@sigma-eds/core";
import { useMemo } from "react";
import type { DataTable, OfferedTable } from "../../session/data-table.js";
import { type Certainty, certaintyOf } from "../../session/derived/certainty.js";
import { doubtDefaults } from "../../session/derived/doubt.js";
import type { Colouring } from "../../session/linked.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { type HeldKeys, modeWithKeys } from "../../ui/plane/outline-gesture.js";
import { Segmented } from "../../ui/segmented.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import styles from "./doubt-panel.module.css";
import { doubtRows, hatchedShare } from "./doubt-summary.js";
import { certaintyTable, namesOf, shareHistogramTable } from "./doubt-tables.js";
import { secondBest } from "./second-best.js";

const SOURCE = "doubt";
const BINS = 40;
type Shown = "class" | "membership" | "entropy";

const shownOnMap: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: "class", label: "Classes" },
  { value: "membership", label: "Membership" },
  { value: "entropy", label: "Entropy" },
];

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** Where is it sure? Memberships over all pixels, the limit that hatches the map, and with what each class is confused. */
export function MembershipSection({ session, analysis }: Props) {
  const { linked } = session;
  const limit = useSharedValue(linked.doubtLimit).value;
  const colouring = useSharedValue(linked.colouring).value;
  const { membership } = analysis;
  const certainty = useMemo(() => (membership === undefined ? undefined : certaintyOf(membership)), [membership]);
  if (certainty === undefined)
    return (
      <PanelSection title="Where is it sure?">
        <p className={panel["hint"]}>No memberships: this method gives each pixel one class and no probability.</p>
      </PanelSection>
    );
  return (
    <PanelSection
      title="Where is it sure?"
      aside={`all ${formatCount(certainty.best.length)} px`}
      tables={certaintyTables(analysis, certainty, limit)}
    >
      <div className={panel["panel"]} style={{ gap: 10 }}>
        <div className={panel["row"]}>
          <span className={panel["hint"]}>On the map</span>
          <Segmented
            label="On the map"
            value={isShown(colouring) ? colouring.by.kind : "class"}
            choices={shownOnMap}
            onChange={(kind) =>
              linked.colouring.set({ ...colouring, by: { kind }, colourMap: kind === "entropy" ? "doubt" : "viridis" }, SOURCE)
            }
          />
        </div>
        <Spread session={session} certainty={certainty} />
        <label className={styles["slider"]}>
          <span>In doubt below</span>
          <output>{formatFixed(limit, 2)}</output>
          <input
            type="range"
            min={0.3}
            max={0.95}
            step={0.01}
            value={limit}
            onChange={(event) => linked.doubtLimit.set(event.currentTarget.valueAsNumber, SOURCE)}
          />
        </label>
        <Summary analysis={analysis} certainty={certainty} limit={limit} />
      </div>
    </PanelSection>
  );
}

function certaintyTables(analysis: AnalysisSnapshot, certainty: Certainty, limit: number): readonly OfferedTable[] {
  const classes = (): DataTable =>
    certaintyTable(doubtRows(analysis, certainty.best, limit), secondBest(analysis, certainty), limit, namesOf(analysis));
  const spread = (): DataTable => shareHistogramTable(histogram(certainty.best, BINS, [0, 1]), "membership", "Membership");
  return [
    { id: "certainty", title: "Doubt by class", make: classes },
    { id: "membership", title: "Histogram of memberships", make: spread },
  ];
}

function isShown(colouring: Colouring): colouring is Colouring & { readonly by: { readonly kind: Shown } } {
  return shownOnMap.some(({ value }) => value === colouring.by.kind);
}

function Spread({ session, certainty: { best } }: { readonly session: ViewSession; readonly certainty: Certainty }) {
  const spread = useMemo(() => histogram(best, BINS, [0, 1]), [best]);
  const select = (from: number, to: number, keys: HeldKeys): void => {
    const mask = Uint8Array.from(best, (value) => (value >= from && value <= to ? 1 : 0));
    const made = `Membership ${formatFixed(from, 2)} to ${formatFixed(to, 2)}`;
    selectRegion(session, { mask, made }, modeWithKeys(session.linked.mode.current.value, keys), SOURCE);
  };
  return (
    <div>
      <p className={panel["hint"]}>Membership of the best class. Drag to select a range.</p>
      <HistogramChart histogram={spread} name="Membership of the best class" onRange={select} />
    </div>
  );
}

interface SummaryProps {
  readonly analysis: AnalysisSnapshot;
  readonly certainty: Certainty;
  readonly limit: number;
}

function Summary({ analysis, certainty, limit }: SummaryProps) {
  const rows = useMemo(() => doubtRows(analysis, certainty.best, limit), [analysis, certainty, limit]);
  const hatched = useMemo(() => hatchedShare(analysis, certainty.best, limit), [analysis, certainty, limit]);
  const seconds = useMemo(() => secondBest(analysis, certainty), [analysis, certainty]);
  const colourOf = (id: number | undefined) => analysis.classes.find((phase) => phase.id === id);
  return (
    <>
      <p className={panel["hint"]}>
        {formatPercent(hatched)} of the map is hatched: connected regions of at least {doubtDefaults.leastPixels} px below the
        limit.
      </p>
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Doubt by class">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">mean</th>
              <th scope="col">&lt; {formatFixed(limit, 2)}</th>
              <th scope="col">entropy</th>
              <th scope="col">second best</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, colour, below, meanMembership }, i) => {
              const second = colourOf(seconds[i]?.second);
              return (
                <tr key={id}>
                  <th scope="row">
                    <span className={panel["named"]}>
                      <ClassSwatch colour={colour} />
                      <span className={styles["name"]}>{name}</span>
                    </span>
                  </th>
                  <td>{formatFixed(meanMembership, 2)}</td>
                  <td>{formatPercent(below)}</td>
                  <td>{formatFixed(seconds[i]?.meanEntropy ?? Number.NaN, 2)}</td>
                  <td>
                    {second === undefined ? (
                      "–"
                    ) : (
                      <span className={panel["named"]} title={second.name}>
                        {formatFixed(seconds[i]?.meanShare ?? 0, 3)}
                        <ClassSwatch colour={second.colour} />
                        <span className="visually-hidden">{second.name}</span>
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
