/** Curves as figures for paper. */
import { curveFigure } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";
import type { KnownCurve } from "./known-curves.js";

const LEAST_WIDTH = 260;

/** What captions call curves whose titles are words of a screen. */
const subjects: Readonly<Record<string, string>> = {
  scree: "Share of the data by component",
  stability: "Replication of each component",
  loss: "Loss of the training by epoch",
  evidence: "Evidence for each phase when it was found",
};

/** One figure for each curve, in the order of the view. */
export function curveFigures(curves: readonly KnownCurve[]): Figure[] {
  return curves.map(({ id, title, sentence, x, curves: drawn, xName, yName, chosen }) => {
    const [main, beside] = drawn;
    return {
      id: `curve-${id}`,
      title,
      subject: subjects[id] ?? title,
      leastWidth: LEAST_WIDTH,
      draw: (width) =>
        curveFigure({
          x,
          y: Array.from(main?.y ?? []),
          ...{ xName, yName, chosen, width, height: Math.round(width / 2) },
          beside: beside && { y: Array.from(beside.y), name: beside.name },
          description: `${title}: ${sentence}`,
        }),
    };
  });
}
