/** The outline of a set of pixels: closed loops along the edges of its pixels, and the polygons by which a recipe repeats it. */
import type { Frame } from "./morphology.js";

export type Corner = readonly [x: number, y: number];

/** A closed loop over corners of pixels; the last corner is joined to the first. */
export type Loop = readonly Corner[];

/**
 * Loops around a set of pixels of one frame, uint8 [height x width]. By the even-odd rule all loops together hold exactly the pixels of the set (holes
 * have loops of their own). Corners lie on whole numbers; two neighbouring corners share x or y.
 */
export function outlineLoops(mask: Uint8Array, { width, height }: Frame): Loop[] {
  const upright = uprightEdges(mask, width, height);
  const level = levelEdges(mask, width, height);
  const loops: Loop[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x <= width; x++) {
      if (upright[y * (width + 1) + x] === 1) loops.push(walk(x, y, upright, level, width, height));
    }
  }
  return loops;
}

/** Edges between left and right neighbours: uint8 [height x (width + 1)]. */
function uprightEdges(mask: Uint8Array, width: number, height: number): Uint8Array {
  const edges = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    let before = 0;
    for (let x = 0; x < width; x++) {
      const here = mask[y * width + x]!;
      edges[y * (width + 1) + x] = before ^ here;
      before = here;
    }
    edges[y * (width + 1) + width] = before;
  }
  return edges;
}

/** Edges between upper and lower neighbours: uint8 [(height + 1) x width]. */
function levelEdges(mask: Uint8Array, width: number, height: number): Uint8Array {
  const edges = new Uint8Array((height + 1) * width);
  for (let x = 0; x < width; x++) {
    let before = 0;
    for (let y = 0; y < height; y++) {
      const here = mask[y * width + x]!;
      edges[y * width + x] = before ^ here;
      before = here;
    }
    edges[height * width + x] = before;
  }
  return edges;
}

/** Follows edges from the top of an upright one until the way is back, taking each away; every corner has an even number of edges, so it comes back. */
function walk(startX: number, startY: number, upright: Uint8Array, level: Uint8Array, width: number, height: number): Loop {
  const corners: Corner[] = [];
  let [x, y] = [startX, startY];
  let along: "x" | "y" | undefined;
  const take = (edges: Uint8Array, at: number): boolean => {
    if (edges[at] !== 1) return false;
    edges[at] = 0;
    return true;
  };
  do {
    const before = along;
    const [fromX, fromY] = [x, y];
    if (y < height && take(upright, y * (width + 1) + x)) y += 1;
    else if (y > 0 && take(upright, (y - 1) * (width + 1) + x)) y -= 1;
    else if (x < width && take(level, y * width + x)) x += 1;
    else if (x > 0 && take(level, y * width + x - 1)) x -= 1;
    along = fromX === x ? "y" : "x";
    if (along !== before) corners.push([fromX, fromY]);
  } while (x !== startX || y !== startY);
  return corners;
}

/** The most corners that one polygon of a recipe may have. */
const MOST_CORNERS = 10_000;

/**
 * Polygons whose union is the set, each closed and within a recipe's limit of corners. Loops of one polygon hang together by bridges that are walked there
 * and back, along x and y only, so that the even-odd rule cancels them exactly. A set whose outline is too long is cut into bands of rows.
 */
export function outlinePolygons(mask: Uint8Array, frame: Frame, mostCorners = MOST_CORNERS): Loop[] {
  const polygon = bridged(outlineLoops(mask, frame));
  if (polygon.length === 0) return [];
  if (polygon.length <= mostCorners || frame.height < 2) return [polygon];
  const middle = frame.height >> 1;
  const cut = middle * frame.width;
  const upper = outlinePolygons(mask.subarray(0, cut), { width: frame.width, height: middle }, mostCorners);
  const lower = outlinePolygons(mask.subarray(cut), { width: frame.width, height: frame.height - middle }, mostCorners);
  return [...upper, ...lower.map((loop) => loop.map(([x, y]): Corner => [x, y + middle]))];
}

function bridged(loops: readonly Loop[]): Loop {
  const [first, ...others] = loops;
  if (first === undefined) return [];
  const [homeX, homeY] = first[0]!;
  const corners: Corner[] = [...first];
  for (const loop of others) {
    const [x, y] = loop[0]!;
    corners.push([homeX, homeY], [x, homeY], ...loop, [x, y], [x, homeY]);
  }
  return corners;
}
