/** Pale points on a light ground and dark ones on a dark ground would not be seen: where an island of them ends, and where one stands alone, it is drawn in a colour that stands out. */
import { contrast, darkEnough, lightEnough, luminance } from "../../ui/raster/contrast.js";
import type { PointCells } from "./density-raster.js";

/** What WCAG 2.2 asks of pictures (success criterion 1.4.11). */
export const LEAST_CONTRAST = 3;
/** Opacity of an edge, of 255; what of the ground comes through is made up for. */
const EDGE = 230;
const EDGE_CONTRAST = 3.7;
/** Points of hidden classes weigh less, and get no edge. */
const LOUD = 128;

/** With the four neighbours of each cell. */
function grown(covered: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(covered.length);
  for (let c = 0; c < covered.length; c++) {
    if (covered[c] === 0) continue;
    for (const near of [c, c - width, c + width]) if (near >= 0 && near < covered.length) wider[near] = 1;
    if (c % width > 0) wider[c - 1] = 1;
    if (c % width < width - 1) wider[c + 1] = 1;
  }
  return wider;
}

/** Changes a raster (uint32 [width x height]) of the cells of points in place. `ground`: the colour under it; `spread`: as the raster's. */
export function withEdges(
  words: Uint32Array,
  { cell, shares }: PointCells,
  colours: Uint32Array,
  {
    width,
    height,
    ground,
    spread = 0,
  }: { readonly width: number; readonly height: number; readonly ground: number; readonly spread?: number },
): void {
  let covered = new Uint8Array(width * height);
  for (let i = 0; i < cell.length; i++) {
    if (cell[i]! < 0 || colours[i]! >>> 24 < LOUD) continue;
    const nearest = shares === undefined ? 0 : (shares.right[i]! >= 0.5 ? 1 : 0) + (shares.below[i]! >= 0.5 ? width : 0);
    covered[cell[i]! + nearest] = 1;
  }
  for (let time = 0; time < spread; time++) covered = grown(covered, width);
  const standingOut = luminance(ground) > 0.5 ? darkEnough : lightEnough;
  const edges = new Map<number, number>();
  for (let c = 0; c < covered.length; c++) {
    if (covered[c] === 0 || isInside(covered, c, width)) continue;
    const colour = words[c]! & 0xffffff;
    let edge = edges.get(colour);
    if (edge === undefined) {
      edge = contrast(colour, ground) >= LEAST_CONTRAST ? 0 : standingOut(colour, ground, EDGE_CONTRAST) & 0xffffff;
      edges.set(colour, edge);
    }
    if (edge !== 0 && colour !== 0) words[c] = (edge | (EDGE << 24)) >>> 0;
  }
}

/** Whether all four neighbours are covered; none lies beyond the raster. */
function isInside(covered: Uint8Array, c: number, width: number): boolean {
  const column = c % width;
  if (column === 0 || column === width - 1) return false;
  return covered[c - 1] === 1 && covered[c + 1] === 1 && covered[c - width] === 1 && covered[c + width] === 1;
}
