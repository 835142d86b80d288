/** Marking and unmarking X-ray lines: a change of the recipe's elements step. */
import { elementOf, lineText, lineWithName, mainLine, type Recipe, type RecipeInput } from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../worker/engine-protocol.js";
import type { ViewSession } from "./view-session.js";

/** The lines that are marked after `element` was switched; with the line that is best to map it with at this beam. */
export function toggledElement(lines: readonly string[], element: string, beamEnergyKev: number | undefined): string[] {
  if (lines.some((line) => elementOf(line) === element)) return lines.filter((line) => elementOf(line) !== element);
  const line = mainLine(element, beamEnergyKev);
  return line === undefined ? [...lines] : byEnergy([...lines, line.name]);
}

function withLine(lines: readonly string[], line: string): string[] {
  return lines.includes(line) ? [...lines] : byEnergy([...lines, line]);
}

/** The recipe with exactly these lines marked, chosen by a person. */
export function recipeWithLines(recipe: Recipe, lines: readonly string[]): RecipeInput {
  const marked = { elements: [], lines: [...lines] };
  const found = recipe.steps.some((entry) => entry.step === "elements");
  const steps = recipe.steps.map((entry) => (entry.step === "elements" ? { ...entry, ...marked } : entry));
  return { ...recipe, steps: found ? steps : [{ step: "elements", ...marked }, ...steps] };
}

/** Lines that are marked: those of the result or, before there is one, those that were found at reading, or the best line of each element that the file names. */
function knownLines(analysis: Pick<AnalysisSnapshot, "lines"> | undefined, image: LoadedImage | undefined): readonly string[] {
  if (analysis !== undefined) return analysis.lines;
  if (image?.lines !== undefined) return image.lines;
  const { elements = [], beamEnergyKev } = image?.metadata ?? {};
  return byEnergy(elements.flatMap((element) => mainLine(element, beamEnergyKev)?.name ?? []));
}

/** Lines that are marked now: a change of the recipe shows before it is run. */
export function linesMarked({ recipe, analysis, image }: Pick<ViewSession, "recipe" | "analysis" | "image">): readonly string[] {
  return linesOfRecipe(recipe, knownLines(analysis, image));
}

/** Elements that are marked, each once, by rising energy of their lines. */
export function markedElements(session: Pick<ViewSession, "recipe" | "analysis" | "image">): string[] {
  return [...new Set(linesMarked(session).map(elementOf))];
}

/** Elements of the specimen that stand in the evidence of some class, each once; empty where nothing was identified. Films and the instrument are not of it. */
export function identifiedElements(analysis: Pick<AnalysisSnapshot, "identities"> | undefined): string[] {
  const all = analysis?.identities?.flatMap(({ elements }) => elements) ?? [];
  return [...new Set(all.filter(({ from }) => from === "sample").map(({ element }) => element))];
}

interface Marking {
  readonly actions: Pick<ViewSession["actions"], "changeRecipe">;
  now(): Pick<ViewSession, "recipe" | "analysis" | "image">;
}

/** Changes which lines are marked, of those that are marked then: a view may be drawn later than it is clicked. */
function changeLines({ actions, now }: Marking, next: (marked: readonly string[]) => readonly string[], sentence: string): void {
  actions.changeRecipe((recipe) => recipeWithLines(recipe, next(linesMarked({ ...now(), recipe }))), sentence);
}

/** Marks one line beside those that are marked. */
export function markLine(session: Marking, line: string): void {
  changeLines(session, (lines) => withLine(lines, line), `Marked ${lineText(line)}`);
}

/** Marks an element with its main line at the beam of the image, or takes all its lines away. */
export function switchElement(session: Marking, element: string): void {
  const now = session.now();
  const isMarked = markedElements(now).includes(element);
  const sentence = `${isMarked ? "Unmarked" : "Marked"} ${element}`;
  changeLines(session, (lines) => toggledElement(lines, element, now.image?.metadata.beamEnergyKev), sentence);
}

/** The lines that the recipe marks by name, or those that were found. */
function linesOfRecipe(recipe: Recipe, found: readonly string[]): readonly string[] {
  const step = recipe.steps.find((entry) => entry.step === "elements");
  return step?.step === "elements" && step.lines.length > 0 ? step.lines : found;
}

function byEnergy(lines: readonly string[]): string[] {
  const energy = (name: string): number => lineWithName(name)?.energyKev ?? 0;
  return [...new Set(lines)].sort((a, b) => energy(a) - energy(b));
}
