import { type LabelRequest, type PlacedLabel, placeLabels } from "../label-row.js";
import { elementOf, lineText } from "../line-notation.js";
import { element, fragment, type Markup } from "../markup.js";
import { textWidth } from "../text-width.js";
import { round, rule, text, tones } from "./figure.js";
import type { PlotArea } from "./spectrum-axes.js";

export interface MarkedLine {
  /** `Fe_Ka` */
  readonly name: string;
  readonly energyKev: number;
  /** Which labels stay when there is no room for all: higher stays longer. */
  readonly priority: number;
  /** Drawn in ink and bold: lines that stand out. */
  readonly emphasised?: boolean | undefined;
}

const LABEL_ROW = 14;
const LEADERS = 22;
const LABEL_SIZE = 10.5;
/** Further than this from its line a name is hard to follow. */
const LABEL_REACH = 70;
/** Height that the names take above the plot, leaders included. */
export const LINE_NAMES = LABEL_ROW + LEADERS;

/** Names in one row above the plot, pushed apart; from each a leader bends to the true energy and goes down as a hairline. */
export function lineNames(lines: readonly MarkedLine[], area: PlotArea, from: number, to: number): Markup {
  const { left, right, x } = area;
  const shown = lines.filter(({ energyKev }) => energyKev > from && energyKev < to);
  const requests = shown.map((line): LabelRequest => {
    const name = lineText(line.name);
    return {
      text: name,
      shortText: name.endsWith("α") ? elementOf(line.name) : name,
      target: x(line.energyKev),
      priority: line.priority,
    };
  });
  const widthOf = (name: string): number => textWidth(name, LABEL_SIZE) * 1.04;
  return fragment(
    placeLabels(requests, { left: left - 10, right, gap: 7, reach: LABEL_REACH, widthOf }).map((label) =>
      lineLabel(label, shown[label.index]!, area),
    ),
  );
}

function lineLabel(label: PlacedLabel, { emphasised = false }: MarkedLine, { top, bottom }: PlotArea): Markup {
  const tone = emphasised ? "ink" : "ink3";
  const baseline = top - LINE_NAMES + LABEL_ROW - 3;
  const leader = `M${round(label.centre)} ${baseline + 4}v4L${round(label.target)} ${round(top - 6)}v6`;
  return fragment(
    rule(label.target, top, label.target, bottom, "rule", 0.8),
    element("path", { d: leader, class: "s-ink3", stroke: tones.ink3, "stroke-width": emphasised ? 1 : 0.5, fill: "none" }),
    text(label.text, label.centre, baseline, { size: LABEL_SIZE, anchor: "middle", tone, bold: emphasised }),
  );
}
