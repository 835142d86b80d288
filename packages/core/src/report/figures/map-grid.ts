import { element } from "../markup.js";
import { figure } from "./figure.js";
import { BAR_SPACE, type ScalarMap, scalarMapPanel } from "./scalar-map.js";

/** Several maps of one field. */
export interface MapGrid {
  /** Widths of pictures are chosen here. Letters before titles, a to z, follow this order. */
  readonly maps: readonly Omit<ScalarMap, "pictureWidth">[];
  /** CSS pixels. Default 640. */
  readonly width?: number | undefined;
  readonly description: string;
}

const GAP = 12;
/** A panel is not narrower than this, its colour bar included. */
const LEAST_PANEL = 145;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** `a` of the first panel; empty after `z`. */
export function panelLetter(i: number): string {
  return LETTERS[i] ?? "";
}

/** Maps in rows, each with its letter, title and colour bar; the first has the scale bar of all. */
export function mapGridFigure({ maps, width = 640, description }: MapGrid): string {
  const most = Math.max(1, Math.floor((width + GAP) / (LEAST_PANEL + GAP)));
  const rows = Math.ceil(maps.length / most);
  const columns = Math.max(1, Math.min(most, Math.ceil(maps.length / rows)));
  const pictureWidth = Math.floor((width - GAP * (columns - 1)) / columns) - BAR_SPACE;
  const panels = maps.map((map, i) => {
    const title = `${panelLetter(i)} ${map.title}`.trim();
    return scalarMapPanel({ ...map, title, note: undefined, pictureWidth }, i === 0);
  });
  const down = Math.max(0, ...panels.map(({ height }) => height)) + GAP;
  return figure(
    { width, height: Math.max(1, down * rows - GAP), description },
    panels.map(({ markup }, i) => {
      const [x, y] = [(i % columns) * (pictureWidth + BAR_SPACE + GAP), Math.floor(i / columns) * down];
      return element("g", { transform: `translate(${x} ${y})` }, markup);
    }),
  );
}
