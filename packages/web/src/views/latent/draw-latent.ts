/** What the latent view draws: the points below, and above them names, ellipses and what moves with the pointer. */
import type { PhaseClass } from "@sigma-eds/core";
import type { ClassShape } from "../../session/derived/class-shapes.js";
import { plotTextWidth } from "../../ui/canvas-layer.js";
import { type Size, toScreen } from "../../ui/plane/camera.js";
import { type PointPlane, toPlane } from "../../ui/plane/point-plane.js";
import { packHex } from "../../ui/raster/colour-table.js";
import { type DraftColours, drawDraft } from "../../ui/raster/draw-outline.js";
import { haloText } from "../../ui/raster/halo-text.js";
import type { Placement } from "../../ui/raster/raster-canvas.js";
import { edgeMarks } from "./edge-marks.js";
import { layOutNames, type PlacedName } from "./name-layout.js";

export interface Ink {
  readonly text: string;
  readonly halo: string;
  readonly faint: string;
}

export const inks: Readonly<Record<"dark" | "light", Ink>> = {
  dark: { text: "#ffffff", halo: "rgb(0 0 0 / 80%)", faint: "#8e9195" },
  light: { text: "#17181a", halo: "rgb(255 255 255 / 85%)", faint: "#65686c" },
};

/** The panel under the points. */
export const grounds: Readonly<Record<"dark" | "light", number>> = { dark: packHex("#17181a"), light: packHex("#ffffff") };

const NAME_SIZE = 12;

/** Names at the medians of the classes, the largest first; the more a class spreads, the farther above. Leaders lie below all names. */
export function drawNames(
  context: CanvasRenderingContext2D,
  shapes: readonly ClassShape[],
  classes: readonly Pick<PhaseClass, "id" | "name">[],
  {
    plane,
    placement,
    view,
    room,
    ink,
  }: { readonly plane: PointPlane; readonly placement: Placement; readonly view: Size; readonly room: Size; readonly ink: Ink },
): void {
  const named = [...shapes]
    .sort((a, b) => b.points - a.points)
    .flatMap((shape) => {
      const name = classes.find(({ id }) => id === shape.id)?.name;
      if (name === undefined) return [];
      const at = toScreen(placement, toPlane(plane, ...shape.median));
      const upright = Math.hypot(shape.deviations[0] * Math.sin(shape.angle), shape.deviations[1] * Math.cos(shape.angle));
      const lift = Math.min(46, 10 + 1.6 * upright * plane.perY * placement.scale);
      return [{ text: name, width: plotTextWidth(name) * (NAME_SIZE / 11) * 1.06, x: at.x, y: at.y, lift }];
    });
  const placed = layOutNames(named, view, room);
  for (const { leader } of placed) if (leader !== undefined) drawLeader(context, leader, ink);
  for (const { text, x, y } of placed) {
    haloText(context, text, x, y, { size: NAME_SIZE, align: "center", ink: ink.text, halo: ink.halo });
  }
}

function drawLeader(context: CanvasRenderingContext2D, [from, to]: NonNullable<PlacedName["leader"]>, { text, halo }: Ink): void {
  const path = new Path2D();
  path.moveTo(from.x, from.y);
  path.lineTo(to.x, to.y);
  for (const [width, colour] of [
    [3, halo],
    [1, text],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.beginPath();
  context.arc(to.x, to.y, 2, 0, 2 * Math.PI);
  context.fillStyle = text;
  context.fill();
}

/** Small arrowheads at the edge, towards points that lie beyond it. */
export function drawEdgeMarks(
  context: CanvasRenderingContext2D,
  points: Uint32Array,
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  {
    plane,
    placement,
    view,
    ink,
  }: { readonly plane: PointPlane; readonly placement: Placement; readonly view: Size; readonly ink: Ink },
): void {
  const places = Array.from(points, (p) => toScreen(placement, toPlane(plane, x[p]!, y[p]!)));
  context.fillStyle = ink.faint;
  for (const mark of edgeMarks(places, view)) {
    const corner = (turn: number, length: number): [number, number] => [
      mark.x + length * Math.cos(mark.angle + turn),
      mark.y + length * Math.sin(mark.angle + turn),
    ];
    context.beginPath();
    context.moveTo(...corner(0, 5));
    context.lineTo(...corner(2.3, 4.5));
    context.lineTo(...corner(-2.3, 4.5));
    context.fill();
  }
}

/** One and two standard deviations of each class. */
export function drawEllipses(
  context: CanvasRenderingContext2D,
  shapes: readonly ClassShape[],
  colourOf: (id: number) => string,
  plane: PointPlane,
  placement: Placement,
): void {
  context.save();
  context.lineWidth = 1.4;
  for (const { id, mean, deviations, angle } of shapes) {
    const path = new Path2D();
    for (const sigma of [1, 2]) {
      for (let step = 0; step <= 64; step++) {
        const turn = (2 * Math.PI * step) / 64;
        const [along, across] = [sigma * deviations[0] * Math.cos(turn), sigma * deviations[1] * Math.sin(turn)];
        const x = mean[0] + along * Math.cos(angle) - across * Math.sin(angle);
        const y = mean[1] + along * Math.sin(angle) + across * Math.cos(angle);
        const at = toScreen(placement, toPlane(plane, x, y));
        if (step === 0) path.moveTo(at.x, at.y);
        else path.lineTo(at.x, at.y);
      }
    }
    context.strokeStyle = colourOf(id);
    context.stroke(path);
  }
  context.restore();
}

export function draftColours({ text, halo }: Ink): DraftColours {
  return { ink: text, halo };
}

/** The lasso that made the selection stays until the selection changes. Corners in units of the latent space. */
export function drawLastOutline(
  context: CanvasRenderingContext2D,
  corners: readonly (readonly [number, number])[],
  { plane, placement, ink }: { readonly plane: PointPlane; readonly placement: Placement; readonly ink: Ink },
): void {
  drawDraft(
    context,
    corners.map(([x, y]) => toScreen(placement, toPlane(plane, x, y))),
    draftColours(ink),
  );
}
