import { formatFixed } from "@sigma-eds/core";
import { useState } from "react";
import { type AreaOf, areaRows } from "../../session/derived/area-rows.js";
import { areaTable } from "../../session/derived/area-table.js";
import { modalSharesOf } from "../../session/derived/modal.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { decimalsOf } from "../../ui/decimals-of.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { Segmented } from "../../ui/segmented.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

const choices: readonly { readonly value: AreaOf; readonly label: string }[] = [
  { value: "shares", label: "By shares" },
  { value: "labels", label: "By labels" },
  { value: "pure", label: "Pure pixels" },
];

const meanings: Readonly<Record<AreaOf, string>> = {
  shares:
    "A pixel on a boundary counts for each of its phases by what it holds of it. ± is 95 % of counting and of doubt about labels.",
  labels: "A pixel counts whole for the class it was given. ± is 95 % of doubt about labels.",
  pure: "Pixels that hold at least 0.9 of the phase, as a share of the map: mixed pixels count for none.",
};

/** Area per cent with intervals, with and without the pixels on boundaries. */
export function AreasSection({ analysis }: { readonly analysis: AnalysisSnapshot }) {
  const [wanted, setWanted] = useState<AreaOf>("shares");
  const rows = areaRows(analysis, modalSharesOf(analysis));
  const areShares = rows.some(({ shares }) => shares !== undefined);
  const of = areShares ? wanted : "labels";
  return (
    <PanelSection title="Area" aside="%, ± 95 %" tables={[{ id: "areas", title: "Areas", make: () => areaTable(analysis) }]}>
      {areShares ? (
        <Segmented label="Pixels on boundaries" value={of} choices={choices} onChange={(value) => setWanted(value)} />
      ) : (
        <p className={panel["hint"]}>Shares of single pixels are not known for these classes.</p>
      )}
      <table className={panel["table"]} aria-label="Area of the classes">
        <tbody>
          {rows.map(({ id, name, colour, ...areas }) => {
            const area = areas[of];
            const half = area?.half95;
            const decimals = half === undefined ? 1 : decimalsOf(100 * half);
            return (
              <tr key={id}>
                <th scope="row">
                  <span className={panel["named"]}>
                    <ClassSwatch colour={colour} />
                    <span>{name}</span>
                  </span>
                </th>
                <td>{area === undefined ? "–" : formatFixed(100 * area.value, decimals)}</td>
                <td className={panel["quiet"]}>{half === undefined ? "" : `± ${formatFixed(100 * half, decimals)}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={panel["hint"]}>{meanings[of]}</p>
    </PanelSection>
  );
}
