import { type Associations, formatCount, formatFixed, formatNumber } from "@sigma-eds/core";
import { type CSSProperties, useMemo } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { modalSharesOf } from "../../session/derived/modal.js";
import { selectClasses } from "../../session/selection/selecting.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { areasFigure, areaText } from "./export-modal.js";
import { associationsOf, type ModalRow, modalRows, shadeOf, touchesUnassigned } from "./modal-rows.js";
import { associationTable, modalTable } from "./modal-tables.js";
import styles from "./modal-view.module.css";

type NoSettings = Readonly<Record<string, never>>;
const SOURCE = "modal";

/** Area and weight per cent, grains, and which class touches which. */
export function ModalView({ session }: ViewProps<NoSettings>) {
  const { analysis, actions } = session;
  const rows = useMemo(
    () => (analysis === undefined || analysis.labels === undefined ? [] : modalRows(analysis, modalSharesOf(analysis))),
    [analysis],
  );
  const touching = useMemo(() => (analysis === undefined ? undefined : associationsOf(analysis)), [analysis]);
  const tables = useMemo(() => (analysis === undefined ? [] : tablesOf(analysis, rows, touching)), [analysis, rows, touching]);
  if (analysis === undefined || rows.length === 0)
    return (
      <ViewFrame title="Modal results">
        <EmptyState sentence="No classes yet. Find phases first." />
      </ViewFrame>
    );
  return (
    <ViewFrame
      title="Modal results"
      tables={tables}
      actions={
        <>
          <TextButton look="plain" onClick={() => actions.openView("particles")}>
            Grains
          </TextButton>
          <ExportMenu
            items={[{ label: "Figure of areas (SVG, PNG, TIFF)...", run: () => actions.exportFigure(areasFigure(rows)) }]}
          />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div className={styles["layout"]} tabIndex={0}>
        <Shares session={session} analysis={analysis} rows={rows} />
        {touching !== undefined && <Touching session={session} analysis={analysis} touching={touching} />}
      </div>
    </ViewFrame>
  );
}

function tablesOf(
  analysis: AnalysisSnapshot,
  rows: readonly ModalRow[],
  touching: Associations | undefined,
): readonly OfferedTable[] {
  const unit = analysis.statistics?.grains.unit === "um" ? "um" : "px";
  return [
    { id: "modal", title: "Areas and weights", make: () => modalTable(rows, unit) },
    ...(touching === undefined
      ? []
      : [{ id: "associations", title: "Which touches which", make: () => associationTable(analysis, touching) }]),
  ];
}

interface SharesProps {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
  readonly rows: readonly ModalRow[];
}

function Shares({ session, analysis, rows }: SharesProps) {
  const unit = analysis.statistics?.grains.unit === "um" ? "µm" : "px";
  const isWithoutDensity = rows.some(({ weightFraction }) => weightFraction === undefined);
  return (
    <PanelSection title="Area and weight" aside="± 95 %">
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Area and weight of the classes">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">area %</th>
              <th scope="col">pure pixels %</th>
              <th scope="col">g/cm³</th>
              <th scope="col">weight %</th>
              <th scope="col">pixels</th>
              <th scope="col">grains</th>
              <th scope="col">median ⌀, {unit}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.id}
                onPointerEnter={() => session.linked.hover.set({ kind: "class", id: row.id }, SOURCE, false)}
                onPointerLeave={() => session.linked.hover.set({ kind: "nothing" }, SOURCE, false)}
              >
                <th scope="row">
                  <button
                    type="button"
                    className={panel["link"]}
                    onClick={() => selectClasses(session, [row.id], "replace", SOURCE)}
                  >
                    <span className={panel["named"]}>
                      <ClassSwatch colour={row.colour} />
                      <span>{row.name}</span>
                    </span>
                  </button>
                </th>
                <td>{areaText(row)}</td>
                <td>{row.pure === undefined ? "–" : formatFixed(100 * row.pure.value, 1)}</td>
                <td>{row.densityGcm3 === undefined ? "–" : formatFixed(row.densityGcm3, 2)}</td>
                <td>{row.weightFraction === undefined ? "–" : formatFixed(100 * row.weightFraction, 1)}</td>
                <td>{formatCount(row.pixels)}</td>
                <td>{row.grains === undefined ? "–" : formatCount(row.grains)}</td>
                <td>{row.medianDiameter === undefined ? "–" : formatNumber(row.medianDiameter)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={panel["hint"]}>
        Area is volume on a random section; times density it is mass.
        {rows.some(({ shares }) => shares !== undefined) &&
          " Areas count what each pixel shares of a class; in the list of classes a pixel counts whole."}
        {isWithoutDensity && " Classes without a known density take no part in weight per cent: name them first."}
        {rows[0]?.grains === undefined && " Grains are counted by the step Statistics."}
      </p>
    </PanelSection>
  );
}

interface TouchingProps {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
  readonly touching: Associations;
}

/** A matrix of boundary lengths; the shade is the length, the words tell how much more often than by chance. */
function Touching({ session, analysis: { classes }, touching }: TouchingProps) {
  const { ids, lengths, preference, unit } = touching;
  const n = ids.length;
  const shown = touchesUnassigned(touching) ? n : n - 1;
  const nameOf = (id: number): string => classes.find((phase) => phase.id === id)?.name ?? "Unassigned";
  const colourOf = (id: number): string => classes.find((phase) => phase.id === id)?.colour ?? "#6b6e73";
  return (
    <PanelSection title="Which touches which" aside={`boundary, ${unit === "um" ? "µm" : "px"}`}>
      <div className={panel["scroll"]}>
        <table className={styles["matrix"]} aria-label="Boundary lengths between classes">
          <thead>
            <tr>
              <td data-same="true" />
              {ids.slice(0, shown).map((id) => (
                <th key={id} scope="col" title={nameOf(id)}>
                  <ClassSwatch colour={colourOf(id)} />
                  <span className="visually-hidden">{nameOf(id)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ids.slice(0, shown).map((id, row) => (
              <tr key={id}>
                <th scope="row">
                  <span className={panel["named"]}>
                    <ClassSwatch colour={colourOf(id)} />
                    <span>{nameOf(id)}</span>
                  </span>
                </th>
                {ids.slice(0, shown).map((other, column) => (
                  <td
                    key={other}
                    data-same={row === column}
                    style={{ "--shade": shadeOf(touching, row, column) } as CSSProperties}
                    title={cellTitle(nameOf(id), nameOf(other), preference[row * n + column]!)}
                    onPointerEnter={() => session.linked.hover.set({ kind: "class", id: other }, SOURCE, false)}
                    onPointerLeave={() => session.linked.hover.set({ kind: "nothing" }, SOURCE, false)}
                  >
                    {row === column ? "" : formatNumber(lengths[row * n + column]!)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={panel["hint"]}>Along the edges of pixels, which overstates slanting boundaries by up to √2, alike for all.</p>
    </PanelSection>
  );
}

function cellTitle(one: string, other: string, preference: number): string | undefined {
  if (one === other || !Number.isFinite(preference)) return undefined;
  return `${one} and ${other} touch ${formatNumber(preference, 2)} times as often as by chance`;
}
