import type { ClassPattern } from "../../pipeline/colours/palette.js";
import { element, fragment, type Markup } from "../markup.js";

/** Patterns of classes and the hatch of pixels without a class. */
export type Pattern = ClassPattern | "hatch";

const PITCH = 6;
const INK = "#0b0b0c";

/** An SVG `<pattern>` of 6 px pitch with ink at 55 %; nothing for `plain`. */
export function patternDefinition(id: string, pattern: Pattern): Markup {
  const shape = shapes[pattern];
  if (shape === undefined) return fragment();
  return element(
    "pattern",
    { id, width: PITCH, height: PITCH, patternUnits: "userSpaceOnUse" },
    element("path", {
      d: shape.d,
      stroke: shape.dot === true ? "none" : INK,
      fill: shape.dot === true ? INK : "none",
      "stroke-width": 0.9,
      opacity: "0.55",
    }),
  );
}

const shapes: Readonly<Record<Pattern, { readonly d: string; readonly dot?: boolean } | undefined>> = {
  plain: undefined,
  dots: { d: "M3 1.8a1.2 1.2 0 1 0 .01 0z", dot: true },
  rings: { d: "M3 1.2a1.8 1.8 0 1 0 .01 0z" },
  plus: { d: "M3 1v4M1 3h4" },
  horizontal: { d: "M0 3h6" },
  vertical: { d: "M3 0v6" },
  grid: { d: "M0 3h6M3 0v6" },
  hatch: { d: "M-1 1l2-2M0 6l6-6M5 7l2-2" },
};
