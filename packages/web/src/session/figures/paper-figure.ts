/** A figure laid out for a width on paper, and the caption that it may begin with. */
import { countOf, formatCount, inPlainNotation, pixelSizeText } from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import type { Figure } from "../figure.js";

const CSS_PER_MM = 96 / 25.4;
const PT_PER_CSS = 0.75;
/** Type size of most text in figures, CSS pixels. */
const TEXT = 10.5;

/** The figure laid out for a width on paper; what needs more room is laid out larger and shrinks with its text. */
export function figureAt(figure: Figure, widthMm: number): { readonly svg: string; readonly textPt: number } {
  const paper = widthMm * CSS_PER_MM;
  const width = Math.max(paper, figure.leastWidth);
  const svg = inPlainNotation(() => figure.draw(Math.round(width)));
  return { svg, textPt: (TEXT * PT_PER_CSS * paper) / width };
}

/** The caption as a suggestion: sample, beam, pixel size, counts, method, seed. */
export function captionOf(figure: Pick<Figure, "title" | "subject">, image: LoadedImage, analysis?: AnalysisSnapshot): string {
  return inPlainNotation(() => caption(figure, image, analysis));
}

function caption(figure: Pick<Figure, "title" | "subject">, image: LoadedImage, analysis?: AnalysisSnapshot): string {
  const { beamEnergyKev } = image.metadata;
  const { width, height, pixelSizeUm } = analysis?.grid ?? image.grid;
  const classes = analysis?.classes.length ?? 0;
  const parts = [
    `${figure.subject ?? figure.title} of ${image.title || image.name}`,
    beamEnergyKev === undefined ? "" : `${beamEnergyKev} kV`,
    `${width} × ${height} pixels${pixelSizeUm === undefined ? "" : ` of ${pixelSizeText(pixelSizeUm[0])}`}`,
    `${formatCount(image.totalCounts)} counts`,
    analysis === undefined || classes === 0
      ? ""
      : `${countOf(classes, "class", "classes")} found with SIGMA (${recipeWords(analysis.recipe.name)}, seed ${analysis.recipe.seed})`,
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}

/** `auto` is a name of ours; a reader of a paper is told that nothing was set by hand. */
function recipeWords(name: string | undefined): string {
  if (name === undefined) return "an own recipe";
  return name === "auto" ? "automatic recipe" : `recipe ${name}`;
}
