/** Draws what stays while the pointer moves: axes, names of lines, traces, the comparison. */
import { lineColour, withDecimalSign } from "@sigma-eds/core";
import { PLOT_FONT, type PlotColours } from "../../ui/canvas-layer.js";
import { drawComparison, drawNotCompared } from "./draw-comparison.js";
import { energyTicks, margins } from "./plot-geometry.js";
import type { SpectrumPicture } from "./spectrum-picture.js";
import { type Trace, totalOf, unitFactor } from "./traces.js";

type Context = CanvasRenderingContext2D;

export function drawSpectrum(context: Context, picture: SpectrumPicture, colours: PlotColours): void {
  context.font = PLOT_FONT;
  context.lineJoin = "round";
  drawGrid(context, picture, colours);
  drawLabels(context, picture, colours);
  context.save();
  const { left, right, top, bottom } = picture.plot;
  context.beginPath();
  context.rect(left, top - 6, right - left, bottom - top + 6.75);
  context.clip();
  for (const trace of picture.traces) drawTrace(context, picture, trace, colours);
  context.restore();
  drawAxis(context, picture, colours);
  if (picture.compared !== undefined) drawComparison(context, picture, picture.compared, colours);
  if (picture.notCompared !== undefined) drawNotCompared(context, picture, picture.notCompared, colours);
}

function drawGrid(context: Context, { plot }: SpectrumPicture, colours: PlotColours): void {
  const { left, right, top, bottom, scale, y } = plot;
  context.strokeStyle = colours.line;
  context.fillStyle = colours.text3;
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of scale.ticks) {
    if (label === "") continue;
    line(context, left, y(value), right, y(value));
    context.fillText(withDecimalSign(label), left - 8, y(value));
  }
  for (const tick of energyTicks(plot)) line(context, tick.x, top, tick.x, bottom);
}

function drawAxis(context: Context, { plot, axis }: SpectrumPicture, colours: PlotColours): void {
  const { left, right, bottom, height } = plot;
  context.strokeStyle = colours.line2;
  context.lineWidth = 1;
  line(context, left, bottom, right, bottom);
  context.fillStyle = colours.text3;
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  for (const { x, label } of energyTicks(plot)) context.fillText(label, x, height - 8);
  context.textAlign = "right";
  context.fillText(axis.calibrated ? "keV" : "channel", right, height - 8);
}

/** Names in one row; from each a leader bends to the true energy. Lines without a name keep a tick. */
function drawLabels(context: Context, { plot, labels }: SpectrumPicture, colours: PlotColours): void {
  const baseline = margins.names - 3;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineWidth = 1;
  for (const { text, centre, target, line: marked } of labels.labels) {
    context.fillStyle = marked.emphasised ? colours.text : colours.text2;
    context.fillText(text, centre, baseline);
    context.strokeStyle = marked.emphasised ? colours.text3 : colours.line2;
    context.beginPath();
    context.moveTo(centre, baseline + 5);
    context.lineTo(centre, baseline + 8);
    context.lineTo(target, plot.top - 6);
    context.lineTo(target, plot.top);
    context.stroke();
  }
  context.strokeStyle = colours.text3;
  for (const { energyKev } of labels.unnamed) line(context, plot.x(energyKev), plot.top - 5, plot.x(energyKev), plot.top);
}

/** Below so many counts the error of counting is drawn as a band. */
const COUNTS_WITHOUT_BAND = 5000;
/** Below so many counts per channel a spectrum is single events: sticks, not a curve. */
const COUNTS_OF_STICKS = 0.5;
/** Sticks of single events stand over the curves that they are compared with, and leave them to be seen. */
const STICK_OPACITY = 0.65;

export function drawTrace(context: Context, picture: SpectrumPicture, trace: Trace, colours: PlotColours): void {
  const counts = totalOf(trace.spectrum);
  if (trace.look === "area") {
    drawArea(context, picture, trace, colours);
    return;
  }
  context.strokeStyle = strokeOf(trace, colours);
  if (trace.look === "thin" && counts < COUNTS_OF_STICKS * trace.spectrum.length) {
    drawSticks(context, picture, trace);
    return;
  }
  if (trace.look !== "thin" && trace.look !== "dashed" && counts > 0 && counts < COUNTS_WITHOUT_BAND)
    drawBand(context, picture, trace);
  context.lineWidth = trace.look === "thick" ? 1.8 : trace.look === "thin" ? 0.8 : 1.2;
  context.setLineDash(trace.look === "dashed" ? [4, 3] : []);
  tracePath(context, picture, trace, 0);
  context.stroke();
  context.setLineDash([]);
}

/** Colour of a trace as a line. */
export function strokeOf({ colour, look, id }: Trace, colours: PlotColours): string {
  if (colour !== undefined) return lineColour(colour, colours.theme);
  if (look === "thick") return colours.selected;
  return id === "maximum" ? colours.text3 : colours.text2;
}

/** The curve with `sigmas` standard errors of counting added. */
function tracePath(context: Context, picture: SpectrumPicture, trace: Trace, sigmas: number): void {
  const { plot, axis, unit } = picture;
  const factor = unitFactor(trace, unit);
  const [first, last] = channelsInView(picture, trace.spectrum.length);
  context.beginPath();
  for (let c = first; c <= last; c++) {
    const value = trace.spectrum[c]!;
    const shifted = sigmas === 0 ? value : Math.max(0, value + sigmas * Math.sqrt(Math.max(value, 1)));
    context.lineTo(plot.x(axis.offset + c * axis.scale), plot.y(factor * shifted));
  }
}

function channelsInView({ plot, axis }: SpectrumPicture, channels: number): [first: number, last: number] {
  const channel = (kev: number): number => (kev - axis.offset) / axis.scale;
  return [Math.max(0, Math.floor(channel(plot.fromKev))), Math.min(channels - 1, Math.ceil(channel(plot.toKev)))];
}

function drawArea(context: Context, picture: SpectrumPicture, trace: Trace, colours: PlotColours): void {
  const { plot, axis } = picture;
  const [first, last] = channelsInView(picture, trace.spectrum.length);
  tracePath(context, picture, trace, 0);
  context.lineTo(plot.x(axis.offset + last * axis.scale), plot.bottom);
  context.lineTo(plot.x(axis.offset + first * axis.scale), plot.bottom);
  context.fillStyle = colours.raised2;
  context.fill();
  // The fill alone is hardly seen on its ground.
  tracePath(context, picture, trace, 0);
  context.strokeStyle = colours.text3;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.stroke();
}

function drawSticks(context: Context, picture: SpectrumPicture, trace: Trace): void {
  const { plot, axis, unit } = picture;
  const factor = unitFactor(trace, unit);
  const [first, last] = channelsInView(picture, trace.spectrum.length);
  context.lineWidth = 1;
  context.globalAlpha = STICK_OPACITY;
  context.beginPath();
  for (let c = first; c <= last; c++) {
    if (trace.spectrum[c]! === 0) continue;
    const x = plot.x(axis.offset + c * axis.scale);
    context.moveTo(x, plot.bottom);
    context.lineTo(x, plot.y(factor * trace.spectrum[c]!));
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** ±2σ of counting, as a veil in the colour of the trace. */
function drawBand(context: Context, picture: SpectrumPicture, trace: Trace): void {
  const { plot, axis, unit } = picture;
  const factor = unitFactor(trace, unit);
  const [first, last] = channelsInView(picture, trace.spectrum.length);
  tracePath(context, picture, trace, 2);
  for (let c = last; c >= first; c--) {
    const value = trace.spectrum[c]!;
    context.lineTo(plot.x(axis.offset + c * axis.scale), plot.y(factor * Math.max(0, value - 2 * Math.sqrt(value))));
  }
  context.save();
  context.globalAlpha = 0.16;
  context.fillStyle = context.strokeStyle;
  context.fill();
  context.restore();
}

export function line(context: Context, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  context.stroke();
}
