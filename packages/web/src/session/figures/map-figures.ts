/** Maps as figures for paper: classes, one quantity, or several mixed. The same code of the core as on the command line. */
import {
  type ClassPattern,
  type ColourMapName,
  lineText,
  mixMapFigure,
  type PhaseClass,
  percentileRange,
  phaseMapFigure,
  type ScalarMap,
  scalarMapFigure,
} from "@sigma-eds/core";
import type { Grid } from "../../worker/engine-protocol.js";
import { mixPercentilesOf } from "../derived/contrast.js";
import { mixLight } from "../derived/mix-colours.js";
import { othersOf } from "../derived/others.js";
import { type PixelField, type PixelValues, type ValueSources, valuesOf } from "../derived/pixel-values.js";
import { MOST_SECOND, type SecondClass } from "../derived/second-class.js";
import type { Figure } from "../figure.js";
import type { Colouring } from "../linked.js";

/** Space beside a map: its legend, its colour bar. */
const LEGEND = 274;
const COLOUR_BAR = 52;
/** A legend stands at the right of a map where both have room, else below it. */
const LEGEND_BESIDE = 300;

/** What the core calls the colour maps. Doubt, which is transparent on a screen, gets a map of its own on paper. */
const paperColours: Readonly<Record<Colouring["colourMap"], ColourMapName>> = {
  inferno: "inferno",
  grey: "grey",
  viridis: "viridis",
  cividis: "cividis",
  vik: "signed",
  doubt: "inferno",
};

export interface ShownClass extends PhaseClass {
  /** As on the screen. Default that of the colour. */
  readonly pattern?: ClassPattern | undefined;
}

export interface MapShown {
  readonly grid: Grid;
  /** Of a stack, from 0. */
  readonly frame: number;
  readonly sources: ValueSources;
  readonly colouring: Colouring;
  /** Classes that are in sight, in the order of the legend. */
  readonly classes: readonly ShownClass[];
  /** What lies below the class colours. */
  readonly base: PixelField | undefined;
}

/** Figures of what a map shows, the fullest first; none where there is nothing to draw. */
export function mapFigures(shown: MapShown): Figure[] {
  const values = valuesOf(shown.colouring.by, shown.sources);
  switch (values.kind) {
    case "classes":
      return [classFigure(shown, true), classFigure(shown, false)];
    case "second":
      return [classFigure(shown, true, values.second.labels), fieldFigure(shown, secondField(values.second))];
    case "field":
      return [fieldFigure(shown, values.field)];
    case "mix":
      return [mixFigure(shown, values)];
    case "none":
      return shown.base === undefined ? [] : [fieldFigure(shown, shown.base)];
    case "missing":
      return [];
  }
}

function ofFrame<T extends Int32Array | Float32Array>(data: T, { width, height }: Grid, frame: number): T {
  return data.subarray(frame * width * height, (frame + 1) * width * height) as T;
}

function titleOf({ sources: { image } }: MapShown): string {
  return image?.title || image?.name || "the map";
}

function secondField({ share }: SecondClass): PixelField {
  return { title: "Probability of the second class", unit: "", data: share, fixed: [0, MOST_SECOND], table: "viridis" };
}

/** `second`: class ids that are shown instead of the labels, of the classes that come next. */
function classFigure(shown: MapShown, legend: boolean, second?: Int32Array): Figure {
  const { grid, frame, sources, classes, base } = shown;
  const data = ofFrame(second ?? sources.analysis?.labels ?? new Int32Array(0), grid, frame);
  const name = second === undefined ? "Phase map" : "Second class";
  const inSight = new Set(classes.map(({ id }) => id));
  const labels = sources.analysis?.classes.length === classes.length ? data : data.map((id) => (inSight.has(id) ? id : -1));
  const draw = (pictureWidth: number, place: "right" | "below" | "none"): string =>
    phaseMapFigure({
      id: "figure",
      geometry: grid,
      labels,
      classes,
      others: othersOf(sources.analysis),
      base: base && { width: grid.width, height: grid.height, data: ofFrame(base.data, grid, frame) },
      legend: place,
      pictureWidth,
      description: `${name} of ${titleOf(shown)}: ${classes.map(({ name }) => name).join(", ")}.`,
    });
  if (!legend) return { id: "map", title: "Phase map", leastWidth: 120, draw: (width) => draw(width, "none") };
  return {
    id: "map-legend",
    title: `${name} with legend`,
    subject: name,
    leastWidth: 200,
    draw: (width) => (width >= LEGEND + LEGEND_BESIDE ? draw(width - LEGEND, "right") : draw(width, "below")),
  };
}

function fieldFigure(shown: MapShown, field: PixelField): Figure {
  const { title } = field;
  const { line } = elementMapOf(shown, title) ?? {};
  const map = scalarMapOf(shown, field);
  const kind = kindOf(shown);
  return {
    id: `${kind.toLowerCase()}-${fileWord(line ?? title)}`,
    title: `${kind}: ${title}`,
    subject: `${kind} of ${title}`,
    leastWidth: 200,
    draw: (width) =>
      scalarMapFigure({
        ...map,
        title: kind === "Abundance" ? `${kind} of ${title}` : title,
        pictureWidth: width - COLOUR_BAR,
      }),
  };
}

function kindOf({ colouring }: MapShown): "Abundance" | "Map" {
  return colouring.by.kind === "abundance" ? "Abundance" : "Map";
}

/** A map of one quantity as the core draws it, alone or beside others. */
export function scalarMapOf(shown: MapShown, field: PixelField): ScalarMap {
  const { title, unit, quantity, data, fixed, table } = field;
  const { grid, frame, colouring } = shown;
  const all = ofFrame(data, grid, frame);
  const { colourMap, percentiles } = colouring;
  const range = percentileRange(all, percentiles[0], percentiles[1]);
  const map = elementMapOf(shown, title);
  const { fromKev, toKev, background } = map ?? {};
  return {
    geometry: grid,
    data: all,
    title,
    note: fromKev === undefined || toKev === undefined ? quantity : `${fromKev.toFixed(2)} to ${toKev.toFixed(2)} keV`,
    unit: map === undefined ? unit : background === "none" ? "counts" : "net counts",
    colours: paperColours[table === "inferno" ? colourMap : table],
    contrast: fixed ?? [range.from, range.to],
    description: `${kindOf(shown)} of ${title} in ${titleOf(shown)}.`,
  };
}

function elementMapOf({ colouring, sources }: MapShown, title: string) {
  return colouring.by.kind === "line" ? sources.analysis?.elementMaps.find(({ line }) => lineText(line) === title) : undefined;
}

/** Lines as in the names of their own maps: `Fe_Ka`. */
function namesInFile({ colouring: { by }, sources }: MapShown, fields: readonly PixelField[]): string {
  const lines = sources.analysis?.elementMaps.map(({ line }) => line) ?? [];
  const parts = by.kind === "mix" ? by.lines.filter((line) => lines.includes(line)) : fields.map(({ title }) => title);
  return parts.join("-");
}

/** What a part of a name of a file is made of: letters of any script and digits, with one hyphen for all else. */
function fileWord(words: string): string {
  return words.replace(/[^\p{L}\p{N}_]+/gu, "-").replace(/^-|-$/g, "");
}

function mixFigure(shown: MapShown, { fields }: Extract<PixelValues, { kind: "mix" }>): Figure {
  const { grid, frame, colouring } = shown;
  const quantities = fields.map(({ title, data, fixed }, i) => {
    const inFrame = ofFrame(data, grid, frame);
    const { from, to } = percentileRange(inFrame, ...mixPercentilesOf(colouring, title));
    const [least, most] = fixed ?? [from, to];
    return { name: title, data: inFrame, range: { from: least, to: most }, colour: mixLight(i, colouring.mixPalette) };
  });
  const names = fields.map(({ title }) => title).join(", ");
  return {
    id: `mix-${fileWord(namesInFile(shown, fields))}`,
    title: `Mix: ${names}`,
    subject: `Mixed maps of ${names}`,
    leastWidth: 200,
    draw: (pictureWidth) =>
      mixMapFigure({
        geometry: grid,
        quantities,
        unit: fields[0]?.unit ?? "",
        pictureWidth,
        description: `${names} of ${titleOf(shown)}, mixed as colours of light.`,
      }),
  };
}
