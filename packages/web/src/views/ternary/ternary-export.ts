/** The classes in the triangle: where they lie, as a figure and as a table. */
import { lineText, ternaryFigure } from "@sigma-eds/core";
import { asPercent, classColumns, type DataTable, dataTable, type TableColumn } from "../../session/data-table.js";
import { type ClassShape, classShapes } from "../../session/derived/class-shapes.js";
import type { Figure } from "../../session/figure.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { TERNARY_HEIGHT, type TernaryPoints } from "./ternary-points.js";

export interface ShownTernary {
  readonly analysis: AnalysisSnapshot;
  readonly corners: readonly [string, string, string];
  readonly shapes: readonly ClassShape[];
  /** Picture of all pixels, as a `data:` address. */
  readonly density: string | undefined;
}

export function colourOf({ classes }: AnalysisSnapshot, id: number): string {
  return classes.find((phase) => phase.id === id)?.colour ?? "#8a8d91";
}

/** Means and spreads of the classes in the plane of the triangle, of all their pixels that have a place. */
export function shapesOf(points: TernaryPoints | undefined, analysis: AnalysisSnapshot | undefined): ClassShape[] {
  if (points === undefined || analysis?.labels === undefined) return [];
  const { places } = points;
  const x = Float32Array.from({ length: places.length / 2 }, (_, p) => places[2 * p]!);
  const y = Float32Array.from({ length: places.length / 2 }, (_, p) => places[2 * p + 1]!);
  const plane = { x, y, left: 0, right: 1, bottom: 0, top: TERNARY_HEIGHT };
  const ids = analysis.classes.filter(({ hidden }) => hidden !== true).map(({ id }) => id);
  return classShapes(plane, analysis.labels, ids);
}

/** Shares of the lower left, the lower right and the top corner at a place of the plane. */
function sharesAt([x, y]: readonly [number, number]): readonly [number, number, number] {
  const top = y / TERNARY_HEIGHT;
  const right = x - top / 2;
  return [1 - right - top, right, top];
}

export function figureOfTernary({
  analysis,
  corners,
  shapes,
  density,
  ellipses,
}: ShownTernary & { readonly ellipses: boolean }): Figure {
  const names = corners.map(lineText) as [string, string, string];
  return {
    id: "ternary",
    title: `Ternary: ${names.join(", ")}`,
    subject: `Ternary diagram of ${names.join(", ")}`,
    leastWidth: 260,
    draw: (size) =>
      ternaryFigure({
        corners: names,
        size,
        density,
        classes: shapes.map(({ id, mean: [x, y], deviations, angle }) => ({
          name: analysis.classes.find((phase) => phase.id === id)?.name ?? `Class ${id}`,
          ...{ colour: colourOf(analysis, id), mean: [...sharesAt([x, y])] as [number, number, number], pixels: [] },
          ellipse: ellipses ? { x, y, deviations, angle } : undefined,
        })),
        description: `Shares of counts of ${names.join(", ")} at every pixel, with means of the classes.`,
      }),
  };
}

/** A row per class: mean shares of the three lines. */
export function tableOfTernary({ analysis, corners, shapes }: Pick<ShownTernary, "analysis" | "corners" | "shapes">): DataTable {
  const rows = shapes.map(({ id, points, mean }) => [
    id,
    analysis.classes.find((phase) => phase.id === id)?.name,
    points,
    ...sharesAt(mean),
  ]);
  return dataTable([...classColumns, { name: "pixels", title: "Pixels" }, ...shareColumns(corners)], rows);
}

/** A row per pixel that has a place: shares of the three lines, each the mean of 3 x 3 pixels, as the diagram draws them. */
export function pixelsOfTernary(
  { places }: TernaryPoints,
  { grid, labels }: AnalysisSnapshot,
  corners: ShownTernary["corners"],
): DataTable {
  const placed = Array.from({ length: places.length / 2 }, (_, p) => p).filter((p) => Number.isFinite(places[2 * p]));
  const size = grid.width * grid.height;
  return {
    columns: [
      { name: "pixel", title: "Pixel" },
      { name: "x", title: "x" },
      { name: "y", title: "y" },
      { name: "class", title: "Class id" },
      ...shareColumns(corners),
    ],
    rows: placed.length,
    row: (i) => {
      const p = placed[i]!;
      const inFrame = p % size;
      return [
        p,
        inFrame % grid.width,
        Math.floor(inFrame / grid.width),
        labels?.[p],
        ...sharesAt([places[2 * p]!, places[2 * p + 1]!]),
      ];
    },
  };
}

function shareColumns(corners: ShownTernary["corners"]): TableColumn[] {
  return corners.map((line) => ({ name: `${line}_share`, title: lineText(line), unit: "%", shown: asPercent(1) }));
}
