import { countOf, formatFixed } from "@sigma-eds/core";
import { rareEvidence, rareNames, showRareElement } from "../../session/derived/rare-elements.js";
import type { ViewSession } from "../../session/view-session.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { rareTable } from "./doubt-tables.js";

const SOURCE = "doubt";

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** Elements that only a few pixels hold, too few for a class. A click selects them and flies to the first. */
export function RareSection({ session, analysis }: Props) {
  const rare = analysis.doubts?.rare ?? [];
  if (rare.length === 0) return null;
  return (
    <PanelSection
      title="Elements in a few pixels"
      aside="of no class"
      tables={[{ id: "rare-elements", title: "Elements in a few pixels", make: () => rareTable(rare, analysis.grid.width) }]}
    >
      <table className={panel["table"]} aria-label="Elements in a few pixels">
        <tbody>
          {rare.map((one) => (
            <tr key={one.element}>
              <th scope="row">
                <button type="button" className={panel["link"]} onClick={() => showRareElement(session, one, SOURCE)}>
                  {rareNames(one)}
                </button>
              </th>
              <td>{countOf(one.pixels.length, "pixel")}</td>
              <td title={rareEvidence(one)}>{formatFixed(one.significance, 1)} σ</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PanelSection>
  );
}
