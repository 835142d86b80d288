/** What the sections of the report share: the analysis at hand, names, the plane that is drawn, and numbered figures. */
import type { Analysis } from "../pipeline/analysis.js";
import type { NavigationImage } from "../spectrum-image/spectrum-image.js";
import type { MapGeometry } from "./figures/map-frame.js";
import type { ScalarPicture } from "./figures/resample.js";
import { type Frame, framesOf } from "./frames.js";
import { lineText } from "./line-notation.js";
import { type Child, element, fragment, type Markup, trusted } from "./markup.js";

/** Where the analysis comes from. Without `date` and `timings` the report depends on input, recipe and program version alone. */
export interface ReportContext {
  /** What the analysed data are called, for the title. */
  readonly inputName: string;
  /** File name, where it differs from the name. */
  readonly inputFile?: string | undefined;
  readonly inputSha256: string;
  /** The complete recipe. */
  readonly recipe: {
    readonly name?: string | undefined;
    readonly seed: number;
    readonly steps: readonly { readonly step: string }[];
  };
  readonly recipeSha256: string;
  readonly programVersion: string;
  /** Ids of the parts that the report shall have, see `reportSections`. Left out: all of them. */
  readonly sections?: readonly string[] | undefined;
  /** As it shall be printed. */
  readonly date?: string | undefined;
  readonly timings?: readonly { readonly step: string; readonly seconds: number }[] | undefined;
}

export interface Page {
  readonly analysis: Analysis;
  readonly context: ReportContext;
  /** Planes of the image; maps are drawn of the first, phases of all. */
  readonly frames: readonly Frame[];
  readonly frame: Frame;
  readonly geometry: MapGeometry;
  /** BSE or the like under the classes, with its name. */
  readonly base: (ScalarPicture & { readonly name: string }) | undefined;
  /** `phase` where there is evidence, `class` where an algorithm or a person grouped pixels. */
  readonly noun: "phase" | "class";
  /** Name of a class by id. */
  nameOf(id: number): string;
  /** Whether there is a class of this id. */
  has(id: number): boolean;
  /** Words that lead to an id in another part of the report, or the words alone where the report does not have that part. */
  link(part: string, id: string, words: string): Child;
  /** A figure with the next number. `pictures` are SVG documents. */
  figure(picture: string, caption: Child): Markup;
  /** The start of a caption with the next number: `Figure 3.` or `Table 1.` */
  number(kind: "Figure" | "Table"): Markup;
  /** The part of a per-pixel array that belongs to the plane that is drawn. */
  inFrame<T extends Int32Array | Float32Array>(data: T, perPixel?: number): T;
}

export function pageOf(analysis: Analysis, context: ReportContext): Page {
  const frames = framesOf(analysis.image);
  const frame = frames[0]!;
  const next = { Figure: 1, Table: 1 };
  const names = new Map(analysis.classes.map(({ id, name }) => [id, name]));
  const number: Page["number"] = (kind) => element("b", {}, `${kind} ${next[kind]++}. `);
  return {
    analysis,
    context,
    frames,
    frame,
    geometry: frame,
    base: baseOf(analysis, frame),
    noun: analysis.evidence === undefined ? "class" : "phase",
    nameOf: (id) => names.get(id) ?? `Class ${id}`,
    has: (id) => names.has(id),
    number,
    link: (part, id, words) =>
      context.sections === undefined || context.sections.includes(part) ? element("a", { href: `#${id}` }, words) : words,
    figure: (picture, caption) => element("figure", {}, trusted(picture), element("figcaption", {}, number("Figure"), caption)),
    inFrame: <T extends Int32Array | Float32Array>(data: T, perPixel = 1): T =>
      data.subarray(frame.start * perPixel, (frame.start + frame.width * frame.height) * perPixel) as T,
  };
}

/** The picture under the classes: back-scattered electrons, dark field or the first image there is; else the counts in all maps. */
function baseOf({ image, elementMaps }: Analysis, frame: Frame): Page["base"] {
  const usable = image.images.filter(({ width, height }) => width > 1 && height > 1);
  const picture = usable.find(({ name }) => /bse|bsd|bs[ _-]|haadf|adf/i.test(name)) ?? usable[0];
  if (picture !== undefined) return named(picture);
  if (elementMaps.length === 0) return undefined;
  const data = new Float32Array(frame.width * frame.height);
  for (const map of elementMaps) for (let p = 0; p < data.length; p++) data[p]! += map.data[frame.start + p]!;
  return { width: frame.width, height: frame.height, data, name: "counts in the mapped lines" };
}

function named({ name, width, height, data }: NavigationImage): Page["base"] {
  return { width, height, data, name };
}

/** A section with its heading; the id is the target of the table of contents. */
export function section(id: string, title: string, ...children: readonly Child[]): Markup {
  return element("section", { id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, title), ...children);
}

export function paragraph(...children: readonly Child[]): Markup {
  return element("p", {}, ...children);
}

/** One column of a table: its head, and whether it holds numbers. */
export interface Column {
  readonly head: Child;
  readonly numeric?: boolean;
  readonly className?: string;
  /** The column that names the row. */
  readonly heads?: boolean;
}

/** A table with heads that say what they head. `foot` rows come last, without emphasis. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Child[])[],
  caption?: Child,
  foot: readonly (readonly Child[])[] = [],
): Markup {
  const classOf = ({ numeric = false, className }: Column): string | undefined => className ?? (numeric ? "n" : undefined);
  const row = (cells: readonly Child[]): Markup =>
    element(
      "tr",
      {},
      columns.map((column, i) =>
        column.heads === true
          ? element("th", { scope: "row", class: classOf(column) }, cells[i])
          : element("td", { class: classOf(column) }, cells[i]),
      ),
    );
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      caption === undefined ? undefined : element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          columns.map((column) => element("th", { scope: "col", class: classOf(column) }, column.head)),
        ),
      ),
      element("tbody", {}, rows.map(row)),
      foot.length === 0 ? undefined : element("tfoot", {}, foot.map(row)),
    ),
  );
}

/** Pairs of term and description. */
export function descriptions(
  className: string,
  entries: readonly (readonly [term: string, description: Child | undefined])[],
): Markup {
  const known = entries.filter(([, description]) => description !== undefined && description !== "");
  const pair = ([term, description]: readonly [string, Child | undefined]): Markup =>
    fragment(element("dt", {}, term), element("dd", {}, description));
  return element(
    "dl",
    { class: className },
    className === "facts" ? known.map((entry) => element("div", {}, pair(entry))) : known.map(pair),
  );
}

/** A sentence in which names of X-ray lines read as people write them. */
export function readable(sentence: string): string {
  return sentence.replace(/\b[A-Z][a-z]?_[KLM][A-Za-z0-9]+\b/g, (name) => lineText(name));
}
