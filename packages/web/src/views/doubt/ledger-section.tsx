import { formatCount, formatFixed, formatPercent, isEnergyCalibrated } from "@sigma-eds/core";
import { useMemo, useState } from "react";
import { type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import { newestQuestion } from "../../session/newest-question.js";
import { fromPixels } from "../../session/selection/select.js";
import { groundOf } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import { SpectrumLines } from "../../ui/charts/spectrum-lines.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { ledgerTable, namesOf } from "./doubt-tables.js";
import { type LedgerEntry, pixelsOfEntry, placeOf, residualOfClass, windowOf } from "./unexplained.js";

const SOURCE = "doubt";
const USUAL_RESOLUTION_EV = 130;
const WIDTH_KEV = 1;

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** The ledger of counts that no class explains. A click selects the pixels that hold them and shows what is left of the class's spectrum. */
export function LedgerSection({ session, analysis }: Props) {
  const { classes, doubts, unmixing } = analysis;
  const [chosen, setChosen] = useState<LedgerEntry>();
  const [questions] = useState(newestQuestion);
  const entries = (doubts?.ledger ?? []).filter(({ id }) => classes.some((phase) => phase.id === id));
  const shown = chosen !== undefined && entries.includes(chosen) ? chosen : undefined;
  if (doubts === undefined || unmixing === undefined) return null;
  const choose = (entry: LedgerEntry): Promise<void> => {
    setChosen(entry);
    const window = lookAt(session, entry);
    return questions.ask(
      session,
      () => session.engine.windowMap(window.fromKev, window.toKev),
      (counted) => selectEntry(session.now(), analysis, entry, counted),
    );
  };
  return (
    <PanelSection
      title="Counts that no class explains"
      aside={`${formatPercent(unmixing.unexplainedShare)} of all counts`}
      tables={ledgerTables(analysis, entries, shown)}
    >
      {entries.length === 0 ? (
        <p className={panel["hint"]}>
          {analysis.edits === undefined
            ? "Nothing stands out of counting noise by 5 standard errors."
            : "Nothing stands out, or edits have moved pixels: then the endmembers are of other classes."}
        </p>
      ) : (
        <div className={panel["scroll"]}>
          <table className={panel["table"]} aria-label="Counts that no class explains">
            <tbody>
              {entries.map((entry) => {
                const phase = classes.find(({ id }) => id === entry.id);
                return (
                  <tr key={`${entry.id} ${entry.energyKev}`} data-active={entry === shown}>
                    <th scope="row">
                      <button
                        type="button"
                        className={panel["link"]}
                        aria-pressed={entry === shown}
                        onClick={() => void choose(entry)}
                      >
                        <span className={panel["named"]}>
                          <ClassSwatch colour={phase?.colour ?? "#888888"} />
                          <span>
                            {placeOf(entry)} in {phase?.name}
                          </span>
                        </span>
                      </button>
                    </th>
                    <td>
                      {entry.counts > 0 ? "+" : "−"}
                      {formatCount(Math.abs(entry.counts))}
                    </td>
                    <td className={panel["quiet"]}>{formatFixed(entry.sigma, 1)} σ</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {shown !== undefined && <Residual analysis={analysis} entry={shown} />}
    </PanelSection>
  );
}

/** The ledger; and, where an entry is chosen, channel by channel what is left of the spectrum of its class. */
function ledgerTables(analysis: AnalysisSnapshot, entries: readonly LedgerEntry[], shown: LedgerEntry | undefined) {
  const nameOf = namesOf(analysis);
  const ledger = { id: "unexplained", title: "Counts that no class explains", make: () => ledgerTable(entries, nameOf) };
  if (shown === undefined) return entries.length === 0 ? [] : [ledger];
  const residual = { id: "residual", title: `Residual of ${nameOf(shown.id)}`, make: () => residualTable(analysis, shown.id) };
  return [ledger, residual];
}

function residualTable(analysis: AnalysisSnapshot, id: number): DataTable {
  const { energyAxis } = analysis;
  const { offset, scale } = isEnergyCalibrated(energyAxis) ? energyAxis : { offset: 0, scale: 1 };
  return dataTable(
    [
      { name: "energy_kev", title: "Energy", unit: "keV" },
      { name: "residual_sigma", title: "Residual", unit: "σ", shown: withDecimals(2) },
    ],
    Array.from(residualOfClass(analysis, id) ?? [], (value, c) => [offset + scale * c, value]),
  );
}

function Residual({ analysis, entry }: { readonly analysis: AnalysisSnapshot; readonly entry: LedgerEntry }) {
  const residual = useMemo(() => residualOfClass(analysis, entry.id), [analysis, entry.id]);
  const { energyAxis } = analysis;
  if (residual === undefined || !isEnergyCalibrated(energyAxis)) return null;
  const range = [Math.max(0, entry.energyKev - WIDTH_KEV), entry.energyKev + WIDTH_KEV] as const;
  return (
    <SpectrumLines
      lines={[{ name: "residual", values: residual }]}
      offset={energyAxis.offset}
      scale={energyAxis.scale}
      range={range}
      height={130}
      kind="signed"
      unit="keV"
      marks={[{ kev: entry.energyKev, name: placeOf(entry) }]}
      description={`What endmembers leave of the spectrum around ${placeOf(entry)}, in standard errors of counting.`}
    />
  );
}

function lookAt({ linked, image }: ViewSession, entry: LedgerEntry): ReturnType<typeof windowOf> {
  const window = windowOf(entry, image?.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV);
  linked.energyWindow.set(window, SOURCE);
  linked.energyRange.set([Math.max(0, entry.energyKev - WIDTH_KEV), entry.energyKev + WIDTH_KEV], SOURCE);
  return window;
}

function selectEntry(session: ViewSession, analysis: AnalysisSnapshot, entry: LedgerEntry, counted: Float32Array): void {
  const { linked, actions } = session;
  const ground = groundOf(session);
  if (ground === undefined) return;
  const selection = fromPixels(pixelsOfEntry(analysis, entry, counted), `Unexplained ${placeOf(entry)}`, ground);
  linked.selection.set(selection, SOURCE);
  actions.say(`${formatCount(selection.count)} px hold most of what is not explained at ${placeOf(entry)}.`);
}
