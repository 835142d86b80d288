import { type ClassPattern, colourPattern, unassignedColour } from "../../pipeline/colours/palette.js";
import { element, fragment, type Markup } from "../markup.js";
import { type LegendRow, legendBelow, legendBeside } from "./class-legend.js";
import { classPicture, maskPicture } from "./class-raster.js";
import { figure, PICTURE_GROUND, pixels } from "./figure.js";
import { groupedOthers } from "./grouped-others.js";
import { type Box, type MapGeometry, mapBox, mapScaleBar, scaleBarRoom } from "./map-frame.js";
import { type Pattern, patternDefinition } from "./patterns.js";
import type { ScalarPicture } from "./resample.js";

export interface MapClass {
  readonly id: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  /** Of the map, 0 to 1. */
  readonly areaFraction: number;
  /** On the map and in the legend. Default that of the colour: see `colourPattern`. */
  readonly pattern?: ClassPattern | undefined;
}

export interface PhaseMap {
  /** Unique in the document that holds the figure: letters, digits, hyphens. */
  readonly id: string;
  readonly geometry: MapGeometry;
  /** Int32 [height x width], -1 = unassigned. */
  readonly labels: Int32Array;
  /** In the order of the legend. */
  readonly classes: readonly MapClass[];
  /** Ids of classes that are drawn as one, grey, the last of the legend. Default the smallest beyond 24: there are no colours for more. */
  readonly others?: ReadonlySet<number> | undefined;
  /** Picture under the classes; any size. */
  readonly base?: ScalarPicture | undefined;
  /** Where names, colours and areas stand. Default `right`; `below` keeps its type size in narrow columns of a journal. */
  readonly legend?: "right" | "below" | "none" | undefined;
  /** Width of the map itself, CSS pixels. Default 640. */
  readonly pictureWidth?: number | undefined;
  readonly description: string;
}

const LABEL_SIZE = 13;
const LEGEND_WIDTH = 250;
const GAP = 24;
/** Above a legend below. */
const LEGEND_GAP = 12;

/** The phase map over its base picture, with scale bar and, unless it is left out, a legend with areas. */
export function phaseMapFigure(given: PhaseMap): string {
  const map = withOthers(given);
  const { geometry, legend = "right", pictureWidth = 640 } = map;
  const box = mapBox(geometry, 0, 0, pictureWidth, pictureWidth);
  const rows = legend === "none" ? [] : legendRows(map);
  const below = mapHeight(box) + LEGEND_GAP;
  const key = legend === "below" ? legendBelow(rows, box.width) : legendBeside(rows, LEGEND_WIDTH);
  const size = {
    right: { width: box.width + GAP + key.width, height: Math.max(mapHeight(box), key.height) },
    below: { width: box.width, height: below + key.height },
    none: { width: box.width, height: mapHeight(box) },
  }[legend];
  return figure(
    { ...size, description: map.description },
    element("rect", { ...box, fill: PICTURE_GROUND }),
    pixels(classPicture(map.labels, geometry.width, geometry.height, map.classes, map.base), box.x, box.y, box.width, box.height),
    overlays(map, box),
    mapScaleBar(box, geometry, LABEL_SIZE),
    legend === "below" ? key.draw(`${map.id}-key`, 0, below) : key.draw(`${map.id}-key`, box.width + GAP, 0),
  );
}

function withOthers(map: PhaseMap): PhaseMap {
  const { classes, drawnAs } = groupedOthers(map.classes, map.others);
  return classes === map.classes ? map : { ...map, classes, labels: map.labels.map(drawnAs) };
}

/** Of the map and of its scale bar, where that lies below it. */
function mapHeight(box: Box): number {
  return box.height + scaleBarRoom(box, LABEL_SIZE);
}

function legendRows({ classes, labels }: PhaseMap): LegendRow[] {
  const rows = classes.map(
    (one): LegendRow => ({ name: one.name, colour: one.colour, share: one.areaFraction, pattern: patternOf(one) }),
  );
  const unassigned = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  if (unassigned > 0)
    rows.push({ name: "Unassigned", colour: unassignedColour, share: unassigned / labels.length, pattern: "hatch" });
  return rows;
}

function patternOf({ colour, pattern }: MapClass): ClassPattern {
  return pattern ?? colourPattern(colour);
}

/** Patterns over the classes that have one, and the hatch over pixels without a class. */
function overlays(map: PhaseMap, box: Box): Markup {
  const patterned = map.classes.flatMap((one) => {
    const [{ id }, pattern] = [one, patternOf(one)];
    return pattern === "plain" ? [] : [overlay(map, box, `${map.id}-p${id}`, pattern, (label) => label === id)];
  });
  const holes = map.labels.some((label) => label < 0)
    ? overlay(map, box, `${map.id}-none`, "hatch", (label) => label < 0)
    : undefined;
  return fragment(patterned, holes);
}

function overlay(
  { labels, geometry }: PhaseMap,
  box: Box,
  id: string,
  pattern: Pattern,
  inside: (label: number) => boolean,
): Markup {
  if (!labels.some(inside)) return fragment();
  const mask = maskPicture(labels, geometry.width, geometry.height, inside);
  return fragment(
    patternDefinition(`${id}-pattern`, pattern),
    element("mask", { id: `${id}-mask` }, pixels(mask, box.x, box.y, box.width, box.height)),
    element("rect", { ...box, fill: `url(#${id}-pattern)`, mask: `url(#${id}-mask)` }),
  );
}
