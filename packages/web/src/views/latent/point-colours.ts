/** The colour of every point of the latent space, and how much it weighs. */
import { lineColour, type PhaseClass, unassignedColour } from "@sigma-eds/core";
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

/** Colours of classes as points on the panel: light enough on the dark one, dark enough on the light one, so that where more points are they stand out more. */
export function classPoints(
  classes: readonly Pick<PhaseClass, "id" | "colour">[],
  theme: PointColours["theme"],
): Map<number, string> {
  return new Map(classes.map(({ id, colour }) => [id, lineColour(colour, theme)]));
}

/** Uint32 [points]. */
export function pointColours({ points, by, labels, isShown, selected, theme }: PointColours): Uint32Array {
  const chosen = theme === "dark" ? packColour(255, 255, 255) : packColour(0, 0, 0);
  const any = selected?.includes(1) === true;
  const alpha = alphaByLabel(labels, isShown, any ? BESIDE : WHOLE);
  const tint = tints(by, theme);
  const colours = new Uint32Array(points);
  for (let p = 0; p < points; p++) {
    const weight = labels === undefined ? alpha[0]! : alpha[labels[p]! + 1]!;
    colours[p] = any && selected?.[p] === 1 ? chosen : ((tint(p) & 0xffffff) | weight) >>> 0;
  }
  return colours;
}

/** Alpha, in its place in a word, of every label: that of -1 first. */
function alphaByLabel(labels: Int32Array | undefined, isShown: (label: number) => boolean, shown: number): Int32Array {
  const most = labels === undefined ? -1 : highest(labels);
  return Int32Array.from({ length: most + 2 }, (_, i) => (labels === undefined || isShown(i - 1) ? shown : HIDDEN) << 24);
}

function highest(labels: Int32Array): number {
  let most = -1;
  for (let p = 0; p < labels.length; p++) if (labels[p]! > most) most = labels[p]!;
  return most;
}

function tints(by: PointColours["by"], theme: "dark" | "light"): (point: number) => number {
  switch (by.kind) {
    case "classes": {
      const { labels } = by;
      const words = new Uint32Array(highest(labels) + 2).fill(packHex(unassignedColour));
      for (const [id, hex] of by.colours) if (id + 1 < words.length) words[id + 1] = packHex(hex);
      return (p) => words[labels[p]! + 1]!;
    }
    case "field": {
      const { data, from, to, gamma, table } = by;
      return (p) => table[Math.round(255 * intensityShare(data[p]!, from, to, gamma))] ?? 0;
    }
    case "plain": {
      const grey = theme === "dark" ? packColour(205, 207, 210) : packColour(70, 72, 76);
      return () => grey;
    }
  }
}
