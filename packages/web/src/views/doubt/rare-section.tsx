import { type ClassDoubts, countOf, formatCount, formatFixed, lineText, listOf } from "@sigma-eds/core";
import { fromPixels } from "../../session/selection/select.js";
import { groundOf } from "../../session/selection/selecting.js";
import type { ViewSession } from "../../session/view-session.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

const SOURCE = "doubt";

type Rare = NonNullable<ClassDoubts["rare"]>[number];

interface Props {
  readonly session: ViewSession;
  readonly analysis: AnalysisSnapshot;
}

/** Elements that only a few pixels hold, too few for a class. A click selects them and flies to the first. */
export function RareSection({ session, analysis }: Props) {
  const rare = analysis.doubts?.rare ?? [];
  if (rare.length === 0) return null;
  return (
    <PanelSection title="Elements in a few pixels" aside="of no class">
      <table className={panel["table"]} aria-label="Elements in a few pixels">
        <tbody>
          {rare.map((one) => (
            <tr key={one.element}>
              <th scope="row">
                <button type="button" className={panel["link"]} onClick={() => select(session, analysis, one)}>
                  {namesOf(one)}
                </button>
              </th>
              <td>{countOf(one.pixels.length, "pixel")}</td>
              <td title={`${formatCount(one.counts)} counts at ${lineText(one.line)}, ${formatCount(one.expected)} expected`}>
                {formatFixed(one.significance, 1)} σ
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </PanelSection>
  );
}

/** `Zr, or Pt` */
function namesOf({ element, couldBe }: Rare): string {
  return couldBe.length === 0 ? element : `${element}, or ${listOf(couldBe)}`;
}

function select(session: ViewSession, { grid, countMap }: AnalysisSnapshot, one: Rare): void {
  const { linked } = session;
  const ground = groundOf(session);
  const [first] = one.pixels;
  if (ground === undefined || first === undefined) return;
  const mask = new Uint8Array(countMap.length);
  for (const pixel of one.pixels) mask[pixel] = 1;
  linked.selection.set(fromPixels(mask, `Pixels with ${namesOf(one)}`, ground), SOURCE);
  linked.hover.set({ kind: "line", line: one.line }, SOURCE, false);
  const inFrame = first % (grid.width * grid.height);
  const camera = linked.mapCamera.current.value;
  linked.mapCamera.set({ ...camera, x: (inFrame % grid.width) + 0.5, y: Math.floor(inFrame / grid.width) + 0.5 }, SOURCE);
}
