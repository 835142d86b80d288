/** A figure laid out for a width on paper, and the caption that it may begin with. */
import { countOf, formatCount, inPlainNotation, pixelSizeText, type Recipe } from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import type { Figure } from "../figure.js";
import { presetOf } from "../recipe-steps.js";

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
    subjectIn(figure.subject ?? figure.title, image.title || image.name),
    beamEnergyKev === undefined ? "" : `${beamEnergyKev} kV`,
    `${width} × ${height} pixels${pixelSizeUm === undefined ? "" : ` of ${pixelSizeText(pixelSizeUm[0])}`}`,
    `${formatCount(image.totalCounts)} counts`,
    analysis === undefined || classes === 0
      ? ""
      : `${countOf(classes, "class", "classes")} found with SIGMA (${recipeWords(analysis.recipe)}, seed ${analysis.recipe.seed})`,
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}

/** `Phase map of P45`, but `Spectrum of quartz in P45`. */
function subjectIn(subject: string, sample: string): string {
  if (/ in /.test(subject)) return `${subject}; ${sample}`;
  return `${subject} ${/ (of|by|for) /.test(subject) ? "in" : "of"} ${sample}`;
}

/** Edits that leave every pixel in its class. */
const DESCRIBING: readonly string[] = ["rename", "recolour", "keep-colours", "note", "hide", "lock"];

/** `auto` is a name of ours; a reader of a paper is told whether anything was set, or moved, by hand. */
function recipeWords(recipe: Recipe): string {
  const asFound = { ...recipe, steps: recipe.steps.filter(({ step }) => step !== "edit") };
  const known = presetOf(asFound);
  const name =
    recipe.name === undefined ? "an own recipe" : recipe.name === "auto" ? "automatic recipe" : `recipe ${recipe.name}`;
  const isEdited = recipe.steps.some((entry) => entry.step === "edit" && !DESCRIBING.includes(entry.action));
  return [name, ...(known?.isChanged === true ? ["with settings changed"] : []), ...(isEdited ? ["edited by hand"] : [])].join(
    ", ",
  );
}
