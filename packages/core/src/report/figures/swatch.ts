import { element, fragment, type Markup } from "../markup.js";
import { type Pattern, patternDefinition } from "./patterns.js";

/** A square of a class's colour and pattern with a fine dark edge. `id` is used for the pattern and must be unique in the document. */
export function swatch(id: string, colour: string, pattern: Pattern, x: number, y: number, size: number): Markup {
  const box = { x, y, width: size, height: size, rx: 2 };
  return fragment(
    element("rect", { ...box, fill: colour }),
    pattern === "plain" ? undefined : fragment(patternDefinition(id, pattern), element("rect", { ...box, fill: `url(#${id})` })),
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: size - 1,
      height: size - 1,
      rx: 1.5,
      fill: "none",
      stroke: "#0b0b0c",
      "stroke-opacity": "0.35",
    }),
  );
}
