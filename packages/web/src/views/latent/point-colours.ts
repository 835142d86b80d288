/** The colour of every point of the latent space, and how much it weighs. */
import { unassignedColour } from "@sigma-eds/core";
import { type ColourTable, packColour, packHex } from "../../ui/raster/colour-table.js";
import { intensityShare } from "../../ui/raster/paint.js";

export interface PointColours {
  readonly points: number;
  readonly by:
    | { readonly kind: "classes"; readonly labels: Int32Array; readonly colours: ReadonlyMap<number, string> }
    | {
        readonly kind: "field";
        readonly data: Float32Array;
        readonly from: number;
        readonly to: number;
        readonly gamma: number;
        readonly table: ColourTable;
      }
    | { readonly kind: "plain" };
  /** Labels of points that are in sight; `undefined`: all are. */
  readonly labels: Int32Array | undefined;
  isShown(label: number): boolean;
  /** Uint8 [points], 1 = selected. */
  readonly selected: Uint8Array | undefined;
  readonly theme: "dark" | "light";
}

/** Weights, as alpha: points out of sight keep 8 %, selected ones outweigh their neighbours by their colour alone. */
const WHOLE = 255;
const HIDDEN = 20;
/** Unselected points step back while something is selected. */
const BESIDE = 170;

/** Uint32 [points]. */
export function pointColours(request: PointColours): Uint32Array {
  const { points, labels, isShown, selected, theme } = request;
  const colourOf = colourFunction(request);
  const chosen = theme === "dark" ? packColour(255, 255, 255) : packColour(0, 0, 0);
  const colours = new Uint32Array(points);
  const any = selected?.includes(1) === true;
  for (let p = 0; p < points; p++) {
    const shown = labels === undefined || isShown(labels[p]!);
    const weight = shown ? (any ? BESIDE : WHOLE) : HIDDEN;
    colours[p] = any && selected?.[p] === 1 ? chosen : ((colourOf(p) & 0xffffff) | (weight << 24)) >>> 0;
  }
  return colours;
}

function colourFunction({ by, theme }: PointColours): (point: number) => number {
  switch (by.kind) {
    case "classes": {
      const words = new Map([...by.colours].map(([id, hex]) => [id, packHex(hex)]));
      const none = packHex(unassignedColour);
      return (p) => words.get(by.labels[p]!) ?? none;
    }
    case "field":
      return (p) => by.table[Math.round(255 * intensityShare(by.data[p]!, by.from, by.to, by.gamma))] ?? 0;
    case "plain": {
      const grey = theme === "dark" ? packColour(205, 207, 210) : packColour(70, 72, 76);
      return () => grey;
    }
  }
}
