/** Several maps as one figure for paper. */
import { mapGridFigure, panelLetter } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { valuesOf } from "../derived/pixel-values.js";
import type { Figure } from "../figure.js";
import type { Colouring } from "../linked.js";
import { type MapShown, scalarMapOf } from "./map-figures.js";

type By = Colouring["by"];

/** All maps of lines as one figure; undefined of fewer than two. */
export function elementGrid(shown: MapShown, { elementMaps }: Pick<AnalysisSnapshot, "elementMaps">): Figure | undefined {
  const all = elementMaps.map(({ line }): By => ({ kind: "line", line }));
  return mapGrid({ id: "element-maps", title: "Element maps" }, shown, all);
}

/** The abundances of all endmembers as one figure; undefined of fewer than two. */
export function abundanceGrid(shown: MapShown, { unmixing }: Pick<AnalysisSnapshot, "unmixing">): Figure | undefined {
  const all = (unmixing?.endmembers ?? []).map((_, index): By => ({ kind: "abundance", index }));
  return mapGrid({ id: "abundance-maps", title: "Abundance maps" }, shown, all);
}

/** The colouring of `shown` gives colour map and contrast; `all` are what is mapped. */
function mapGrid({ id, title }: Pick<Figure, "id" | "title">, shown: MapShown, all: readonly By[]): Figure | undefined {
  const fields = all.flatMap((by) => {
    const values = valuesOf(by, shown.sources);
    return values.kind === "field" ? [{ by, field: values.field }] : [];
  });
  const maps = fields.map(({ by, field }) => scalarMapOf({ ...shown, colouring: { ...shown.colouring, by } }, field));
  const quantity = fields[0]?.field.quantity;
  if (maps.length < 2) return undefined;
  const panels = maps.map((map, i) => (panelLetter(i) === "" ? map.title : `${panelLetter(i)}, ${map.title}`));
  return {
    id,
    title,
    subject: `${title}${quantity === undefined ? "" : `, ${quantity}`} (${panels.join("; ")})`,
    leastWidth: 300,
    draw: (width) => mapGridFigure({ maps, width, description: `${title}: ${maps.map((map) => map.title).join(", ")}.` }),
  };
}
