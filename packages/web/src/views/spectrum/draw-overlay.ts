/** Draws what moves: the energy window, the hovered pixel, the cursor, the family of the hovered line, the range being dragged. */
import { linesOf, lineText, type MarkedLine, type XrayLine } from "@sigma-eds/core";
import type { EnergyWindow } from "../../session/linked.js";
import { PLOT_FONT, type PlotColours } from "../../ui/canvas-layer.js";
import { drawTrace, line, strokeOf } from "./draw-spectrum.js";
import { windowText } from "./energy-window-drag.js";
import type { SpectrumPicture } from "./spectrum-picture.js";
import { type Trace, unitFactor } from "./traces.js";

export interface Overlay {
  readonly window: EnergyWindow | undefined;
  readonly hovered: Trace | undefined;
  /** Energy under the pointer or the keyboard's cursor. */
  readonly cursorKev: number | undefined;
  readonly line: MarkedLine | undefined;
  /** Peak whose candidates are shown. */
  readonly peakKev: number | undefined;
  /** Range of energies being dragged for zooming. */
  readonly zoom: readonly [number, number] | undefined;
}

type Context = CanvasRenderingContext2D;

export function drawOverlay(context: Context, picture: SpectrumPicture, overlay: Overlay, colours: PlotColours): void {
  const { plot } = picture;
  context.font = PLOT_FONT;
  context.lineJoin = "round";
  if (overlay.window !== undefined) drawWindow(context, picture, overlay.window, colours);
  if (overlay.zoom !== undefined) {
    context.fillStyle = colours.text3;
    context.globalAlpha = 0.18;
    const [from, to] = overlay.zoom.map(plot.x) as [number, number];
    context.fillRect(Math.min(from, to), plot.top, Math.abs(to - from), plot.bottom - plot.top);
    context.globalAlpha = 1;
  }
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top - 6, plot.right - plot.left, plot.bottom - plot.top + 6);
  context.clip();
  if (overlay.hovered !== undefined) drawTrace(context, picture, overlay.hovered, colours);
  if (overlay.line !== undefined) drawFamily(context, picture, overlay.line, colours);
  context.restore();
  if (overlay.cursorKev !== undefined) {
    context.strokeStyle = colours.text3;
    context.lineWidth = 1;
    line(context, plot.x(overlay.cursorKev), plot.top, plot.x(overlay.cursorKev), plot.bottom);
  }
  if (overlay.peakKev !== undefined) drawPeakMark(context, picture, overlay.peakKev, colours);
  if (overlay.hovered !== undefined) drawEntry(context, picture, overlay.hovered, colours);
}

/** The legend of what is hovered, inside the plot: the header stays as it is while the pointer moves over a map. */
function drawEntry(context: Context, { plot }: SpectrumPicture, trace: Trace, colours: PlotColours): void {
  const [right, y] = [plot.right - 8, plot.top + 10];
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.strokeStyle = colours.panel;
  context.strokeText(trace.name, right, y);
  context.fillStyle = colours.text;
  context.fillText(trace.name, right, y);
  const end = right - context.measureText(trace.name).width - 6;
  context.strokeStyle = strokeOf(trace, colours);
  context.lineWidth = 1.5;
  line(context, end - 14, y, end, y);
}

function drawWindow(context: Context, { plot }: SpectrumPicture, window: EnergyWindow, colours: PlotColours): void {
  const clip = (x: number): number => Math.min(plot.right, Math.max(plot.left, x));
  for (const range of window.background ?? []) {
    const [left, right] = [clip(plot.x(range[0])), clip(plot.x(range[1]))];
    if (right <= left) continue;
    context.fillStyle = colours.text3;
    context.globalAlpha = 0.16;
    context.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
    context.globalAlpha = 1;
    context.strokeStyle = colours.text3;
    context.lineWidth = 1;
    for (const x of [left, right]) {
      line(context, x, plot.top, x, plot.bottom);
      context.fillRect(x - 2.5, plot.bottom - 7, 5, 14);
    }
  }
  const [from, to] = [clip(plot.x(window.fromKev)), clip(plot.x(window.toKev))];
  if (to <= from) return;
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.2;
  context.fillRect(from, plot.top, to - from, plot.bottom - plot.top);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  for (const x of [from, to]) {
    context.beginPath();
    context.moveTo(x, plot.top);
    context.lineTo(x, plot.bottom);
    context.stroke();
    context.beginPath();
    context.roundRect(x - 3.5, plot.bottom - 9, 7, 18, 3);
    context.fill();
  }
  context.textAlign = from > (plot.left + plot.right) / 2 ? "right" : "left";
  context.textBaseline = "top";
  context.fillText(windowText(window), context.textAlign === "left" ? to + 7 : from - 7, plot.top + 3);
}

/** Lines of the element with the heights that its family should have beside the hovered line. */
function drawFamily(context: Context, picture: SpectrumPicture, marked: MarkedLine, colours: PlotColours): void {
  const { plot, traces, unit, axis } = picture;
  const [element = ""] = marked.name.split("_");
  const own = linesOf(element).find(({ name }) => name === marked.name);
  const reference = traces.findLast(({ look }) => look === "thick" || look === "line") ?? traces[0];
  if (own === undefined || reference === undefined) return;
  const channel = Math.round((own.energyKev - axis.offset) / axis.scale);
  const height = unitFactor(reference, unit) * (reference.spectrum[channel] ?? 0);
  context.strokeStyle = colours.accent;
  context.fillStyle = colours.accent;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  for (const other of linesOf(element)) {
    const x = plot.x(other.energyKev);
    if (x < plot.left || x > plot.right || other.weight < 0.01) continue;
    const y = plot.y(height * expectedWeight(other, own));
    context.lineWidth = other.name === own.name ? 2 : 1.25;
    line(context, x, plot.bottom, x, y);
    if (other.weight >= 0.1) context.fillText(lineText(other.name).split(" ")[1] ?? "", x, Math.max(plot.top + 10, y - 2));
  }
}

/** Heights within a family follow the table; of another family nothing is known here, so its lines stand to the floor's first decade only. */
function expectedWeight(other: XrayLine, own: XrayLine): number {
  return other.family === own.family ? other.weight / own.weight : 0.02 * other.weight;
}

function drawPeakMark(context: Context, { plot }: SpectrumPicture, kev: number, colours: PlotColours): void {
  const x = plot.x(kev);
  context.fillStyle = colours.accent;
  context.beginPath();
  context.moveTo(x - 5, plot.top - 7);
  context.lineTo(x + 5, plot.top - 7);
  context.lineTo(x, plot.top);
  context.fill();
}
