/** The picture of the map: what is painted, frame by frame, and what its colours mean. */
import type { DisplayRange, PhaseClass } from "@sigma-eds/core";
import { certaintyOf } from "../../session/derived/certainty.js";
import { classPattern } from "../../session/derived/class-pattern.js";
import { mixPercentilesOf } from "../../session/derived/contrast.js";
import { doubtDefaults, doubtRegions } from "../../session/derived/doubt.js";
import { mixColour, mixLight } from "../../session/derived/mix-colours.js";
import { classesAsShown, othersOf } from "../../session/derived/others.js";
import {
  countField,
  imageField,
  type PixelField,
  type PixelValues,
  type ValueSources,
  valuesOf,
} from "../../session/derived/pixel-values.js";
import { MOST_SECOND, type SecondClass, secondClasses } from "../../session/derived/second-class.js";
import type { Colouring, VisibleClasses } from "../../session/linked.js";
import { type ColourTableName, colourTable, packColour } from "../../ui/raster/colour-table.js";
import { fieldRange } from "../../ui/raster/field-range.js";
import type { HatchName } from "../../ui/raster/hatching.js";
import { brightness, type Fill, type MixChannel, paint } from "../../ui/raster/paint.js";
import { rasterCanvas } from "../../ui/raster/raster-canvas.js";
import type { AnalysisSnapshot, Grid } from "../../worker/engine-protocol.js";
import type { MapBase, MapSpec } from "./map-spec.js";

/** What the colour bar says. */
export interface FieldLegend {
  readonly title: string;
  readonly unit: string;
  readonly table: ColourTableName;
  readonly range: DisplayRange;
  readonly gamma: number;
}

export interface MapPicture {
  readonly raster: OffscreenCanvas;
  /** Parts of the map that carry a pattern. */
  readonly hatched: readonly { readonly name: HatchName; readonly where: OffscreenCanvas }[];
  readonly legend: FieldLegend | undefined;
  /** What `mix` is of, where that does not say itself. */
  readonly mixTitle?: string | undefined;
  /** Lines of a mix, or classes that are not shown as such, with their colours. */
  readonly mix: readonly { readonly title: string; readonly colour: string }[];
  /** Why what was asked for is not shown. */
  readonly missing: string | undefined;
}

export interface PictureRequest {
  readonly grid: Grid;
  readonly frame: number;
  readonly sources: ValueSources;
  readonly colouring: Colouring;
  readonly visible: VisibleClasses;
  readonly spec: Pick<MapSpec, "base" | "opacity" | "doubt" | "doubtBelow"> & {
    /** For all classes, not only for colours that need them. */
    readonly patterns: boolean;
  };
}

export function mapPicture(request: PictureRequest): MapPicture {
  const { grid, frame, sources, colouring, spec } = request;
  const size = grid.width * grid.height;
  const values = valuesOf(colouring.by, sources);
  const base = baseBrightness(spec.base, sources, grid, frame);
  const { fill, legend } = fillOf(values, request);
  const words = paint({ pixels: size, fill, base, opacity: spec.opacity });
  return {
    raster: rasterCanvas(words, grid.width, grid.height),
    hatched: values.kind === "classes" ? hatchedParts(request) : [],
    legend,
    mixTitle: values.kind === "second" ? `Second class, full colour: ${MOST_SECOND}` : undefined,
    mix: swatches(values, request),
    // Before there are classes the picture speaks for itself.
    missing: values.kind === "missing" && colouring.by.kind !== "class" ? values.reason : undefined,
  };
}

/** As many classes as a legend on the map has room for. */
const MOST_SWATCHES = 10;

function swatches(values: PixelValues, { sources, colouring, visible }: PictureRequest): MapPicture["mix"] {
  if (values.kind === "mix") return values.fields.map(({ title }, i) => ({ title, colour: mixColour(i, colouring.mixPalette) }));
  if (values.kind !== "second") return [];
  const { classes = [] } = sources.analysis ?? {};
  const shown = shownColours(classes, visible);
  return secondClasses(values.second, classes)
    .filter(({ id }) => shown.has(id))
    .slice(0, MOST_SWATCHES)
    .map(({ name, colour }) => ({ title: name, colour }));
}

/** One frame of values over the whole stack. */
function ofFrame<T extends Float32Array | Int32Array | Uint8Array>(data: T, { width, height, frames }: Grid, frame: number): T {
  const size = width * height;
  return (frames === 1 ? data : data.subarray(frame * size, (frame + 1) * size)) as T;
}

const baseRange = [1, 99.5] as const;
const bright = new WeakMap<Float32Array, Float32Array>();

function baseBrightness(base: MapBase, sources: ValueSources, grid: Grid, frame: number): Float32Array | undefined {
  if (base.kind === "none") return undefined;
  const field = (base.kind === "image" ? imageField(base.index, sources) : undefined) ?? countField(sources);
  if (field === undefined) return undefined;
  const { from, to } = fieldRange(field, baseRange);
  const all = bright.get(field.data) ?? brightness(field.data, from, to);
  bright.set(field.data, all);
  return ofFrame(all, grid, frame);
}

function fillOf(values: PixelValues, request: PictureRequest): { fill: Fill; legend: FieldLegend | undefined } {
  const { grid, frame, sources, colouring, visible } = request;
  switch (values.kind) {
    case "classes": {
      const labels = ofFrame(sources.analysis?.labels ?? new Int32Array(0), grid, frame);
      return {
        fill: { kind: "classes", labels, colours: shownColours(classesAsShown(sources.analysis), visible) },
        legend: undefined,
      };
    }
    case "second":
      return { fill: secondFill(values.second, request), legend: undefined };
    case "field": {
      const legend = legendOf(values.field, colouring);
      const { range, gamma, table } = legend;
      const data = ofFrame(values.field.data, grid, frame);
      return { fill: { kind: "scalar", data, from: range.from, to: range.to, gamma, table: colourTable(table) }, legend };
    }
    case "mix": {
      const channels = values.fields.map((field, i): MixChannel => {
        const { from, to } = fieldRange(field, mixPercentilesOf(colouring, field.title));
        return { data: ofFrame(field.data, grid, frame), from, to, colour: mixLight(i, colouring.mixPalette) };
      });
      return { fill: { kind: "mix", channels, gamma: colouring.gamma }, legend: undefined };
    }
    default:
      return { fill: { kind: "none" }, legend: undefined };
  }
}

/** Colours of the classes that are second, as strong as these are probable. */
function secondFill({ labels, share }: SecondClass, { grid, frame, sources, visible }: PictureRequest): Fill {
  return {
    kind: "classes",
    labels: ofFrame(labels, grid, frame),
    colours: shownColours(classesAsShown(sources.analysis), visible),
    strength: ofFrame(share, grid, frame).map((value) => Math.min(1, value / MOST_SECOND)),
  };
}

/** Shares and doubt have maps of their own; counts take the chosen one. */
export function legendOf(field: PixelField, { colourMap, percentiles, gamma }: Colouring): FieldLegend {
  const table = field.table === "inferno" ? colourMap : field.table;
  return { title: field.title, unit: field.unit, table, range: fieldRange(field, percentiles), gamma };
}

/** Colours of the classes that are in sight. */
export function shownColours(classes: readonly PhaseClass[], visible: VisibleClasses): Map<number, string> {
  const shown = classes.filter(({ id }) => (visible.solo === undefined ? !visible.hidden.has(id) : id === visible.solo));
  return new Map(shown.map(({ id, colour }) => [id, colour]));
}

function hatchedParts({ grid, frame, sources, visible, spec }: PictureRequest): MapPicture["hatched"] {
  const { labels, membership } = sources.analysis ?? {};
  const classes = classesAsShown(sources.analysis);
  const others = othersOf(sources.analysis);
  if (labels === undefined) return [];
  const here = ofFrame(labels, grid, frame);
  const parts: { name: HatchName; where: OffscreenCanvas }[] = [];
  const add = (name: HatchName, inside: (pixel: number) => boolean): void => {
    const words = new Uint32Array(here.length);
    let any = false;
    for (let p = 0; p < words.length; p++) {
      if (!inside(p)) continue;
      words[p] = packColour(0, 0, 0);
      any = true;
    }
    if (any) parts.push({ name, where: rasterCanvas(words, grid.width, grid.height) });
  };
  add("unassigned", (p) => here[p]! < 0);
  for (const [name, ids] of patternedClasses(
    classes.filter(({ id }) => !others.has(id)),
    visible,
    spec.patterns,
  ))
    add(name, (p) => ids.has(here[p]!));
  if (spec.doubt && membership !== undefined) {
    const doubt = ofFrame(doubtOf(membership, grid, spec.doubtBelow), grid, frame);
    const shown = new Set(shownColours(classes, visible).keys());
    add("doubt", (p) => doubt[p] === 1 && shown.has(here[p]!));
  }
  return parts;
}

function patternedClasses(classes: readonly PhaseClass[], visible: VisibleClasses, all: boolean): Map<HatchName, Set<number>> {
  const shown = shownColours(classes, visible);
  const byPattern = new Map<HatchName, Set<number>>();
  classes.forEach(({ id, colour }, i) => {
    const pattern = classPattern(colour, i, all);
    if (pattern === "plain" || !shown.has(id)) return;
    byPattern.set(pattern, (byPattern.get(pattern) ?? new Set()).add(id));
  });
  return byPattern;
}

type Membership = NonNullable<AnalysisSnapshot["membership"]>;
const doubts = new WeakMap<Membership, { readonly below: number; readonly mask: Uint8Array }>();

function doubtOf(membership: Membership, grid: Grid, below: number): Uint8Array {
  const known = doubts.get(membership);
  if (known?.below === below) return known.mask;
  const mask = doubtRegions(certaintyOf(membership).best, grid, { ...doubtDefaults, below });
  doubts.set(membership, { below, mask });
  return mask;
}
