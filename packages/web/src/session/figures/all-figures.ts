/** Every figure that the session can offer without a view that is set up for it. */
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import { withPatterns } from "../derived/class-pattern.js";
import { countField, imageField } from "../derived/pixel-values.js";
import type { Figure } from "../figure.js";
import type { Colouring } from "../linked.js";
import { latentSpaceFigure } from "./latent-figure.js";
import { type MapShown, mapFigures } from "./map-figures.js";
import { abundanceGrid, elementGrid } from "./map-grids.js";
import { spectrumFigures } from "./spectrum-figures.js";

const plain = { colourMap: "inferno", percentiles: [1, 99.5], gamma: 1 } as const;

/** Phase map first. Classes that are hidden for good are left out. `patternsForAll`: as on the screen. */
export function allFigures(image: LoadedImage, analysis: AnalysisSnapshot, patternsForAll = false): Figure[] {
  const sources = { image, analysis, window: undefined, windowMap: undefined };
  const base = imageField(0, sources) ?? countField(sources);
  const classes = withPatterns(analysis.classes, patternsForAll).filter(({ hidden }) => hidden !== true);
  const shownBy = (by: Colouring["by"]): MapShown => {
    return { grid: analysis.grid, frame: 0, sources, colouring: { ...plain, by }, classes, base };
  };
  const maps = (by: Colouring["by"]): Figure[] => mapFigures(shownBy(by));
  const [elements, abundances] = [elementGrid, abundanceGrid].map((grid) => grid(shownBy({ kind: "class" }), analysis));
  const latent = latentSpaceFigure(analysis);
  return [
    ...(classes.length === 0 ? [] : maps({ kind: "class" })),
    ...spectrumFigures(image, analysis),
    ...(latent === undefined ? [] : [latent]),
    ...(elements === undefined ? [] : [elements]),
    ...analysis.elementMaps.flatMap(({ line }) => maps({ kind: "line", line })),
    ...(abundances === undefined ? [] : [abundances]),
    ...(analysis.unmixing?.endmembers ?? []).flatMap((_, index) => maps({ kind: "abundance", index })),
    ...(analysis.membership === undefined ? [] : maps({ kind: "membership" })),
  ];
}
