import { element } from "../markup.js";
import { figure, rule, tones } from "./figure.js";

const WIDTH = 180;
const HEIGHT = 16;

/** Measured (dot) against predicted (bar) share of the counts in an energy bin. `most` is the largest share of the table, the right end. */
export function evidenceBar(measured: number, predicted: number, most: number, description: string): string {
  const x = (share: number): number => 4 + Math.min(1, Math.max(0, share / most)) * (WIDTH - 8);
  return figure(
    { width: WIDTH, height: HEIGHT, description },
    rule(4, HEIGHT / 2, WIDTH - 4, HEIGHT / 2, "rule", 1),
    element("rect", {
      x: 4,
      y: HEIGHT / 2 - 3,
      width: Math.max(0.5, x(predicted) - 4),
      height: 6,
      rx: 1,
      class: "f-bar",
      fill: "#c4c4bf",
    }),
    rule(x(predicted), HEIGHT / 2, x(measured), HEIGHT / 2, "ink", 1.5),
    element("circle", { cx: x(measured), cy: HEIGHT / 2, r: 3.5, class: "f-ink", fill: tones.ink }),
  );
}
