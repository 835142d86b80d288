/** The strip below the spectrum: difference in standard errors, or ratio on a logarithmic axis. */
import { formatNumber } from "@sigma-eds/core";
import type { PlotColours } from "../../ui/canvas-layer.js";
import { CAPTION, margins } from "./plot-geometry.js";
import type { Compared, SpectrumPicture } from "./spectrum-picture.js";

/** Differences beyond are beyond counting noise. */
const THRESHOLD_SIGMA = 3;
const LEAST_SIGMA = 8;
const LEAST_RATIO = 2;

interface Strip {
  readonly top: number;
  readonly bottom: number;
  /** Middle of the strip at 0 or at ratio 1. */
  y(value: number): number;
  readonly ticks: readonly StripTick[];
}

export interface StripTick {
  readonly value: number;
  /** Empty where it would meet another. */
  readonly label: string;
  readonly look: "zero" | "threshold" | "plain";
}

/** What a number needs. */
const NUMBER_HEIGHT = 12;

export function drawComparison(
  context: CanvasRenderingContext2D,
  picture: SpectrumPicture,
  compared: Compared,
  colours: PlotColours,
): void {
  const strip = compared.kind === "difference" ? differenceStrip(picture, compared) : ratioStrip(picture, compared);
  context.font = context.font.replace(/\d+px/, "11px");
  drawCurve(context, picture, compared, strip, colours);
  drawTicks(context, picture, strip, colours);
  const words = compared.kind === "difference" ? "minus" : "over";
  const unit =
    compared.kind === "difference" ? "σ on a square-root axis (dashed: ±3 σ)" : "ratio of shares on a logarithmic axis";
  const why = compared.why === undefined ? "" : ` (${compared.why})`;
  drawCaption(context, picture, `${compared.names[0]} ${words} ${compared.names[1]}${why}, ${unit}`, colours);
}

function drawCaption(
  context: CanvasRenderingContext2D,
  { plot: { left, bottom } }: SpectrumPicture,
  text: string,
  colours: PlotColours,
): void {
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colours.text2;
  context.fillText(text, left + 6, bottom + 4 + CAPTION / 2);
}

/** Lines across, those that say what is beyond noise over the bars; numbers beside them where they have room. */
function drawTicks(
  context: CanvasRenderingContext2D,
  { plot: { left, right } }: SpectrumPicture,
  { ticks, y }: Strip,
  colours: PlotColours,
): void {
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label, look } of ticks) {
    context.strokeStyle = look === "threshold" ? colours.text3 : look === "zero" ? colours.line2 : colours.line;
    context.setLineDash(look === "threshold" ? [3, 3] : []);
    context.beginPath();
    context.moveTo(left, y(value));
    context.lineTo(right, y(value));
    context.stroke();
    context.fillStyle = colours.text3;
    if (label !== "") context.fillText(label, left - 8, y(value));
  }
  context.setLineDash([]);
}

/** Why the strip is empty. */
export function drawNotCompared(
  context: CanvasRenderingContext2D,
  picture: SpectrumPicture,
  words: string,
  colours: PlotColours,
): void {
  context.font = context.font.replace(/\d+px/, "11px");
  drawCaption(context, picture, words, colours);
}

function drawCurve(
  context: CanvasRenderingContext2D,
  { plot, axis }: SpectrumPicture,
  { start, joined, sigma, ratio, kind }: Compared,
  strip: Strip,
  colours: PlotColours,
): void {
  const values = kind === "difference" ? sigma : ratio;
  context.save();
  context.beginPath();
  context.rect(plot.left, strip.top, plot.right - plot.left, strip.bottom - strip.top);
  context.clip();
  const width = Math.max(1, plot.x(axis.scale * joined) - plot.x(0));
  start.forEach((channel, i) => {
    const value = values[i]!;
    if (Number.isNaN(value)) return;
    const x = plot.x(axis.offset + (channel - 0.5) * axis.scale);
    const beyond = Math.abs(sigma[i]!) > THRESHOLD_SIGMA;
    context.fillStyle = beyond ? colours.text : colours.line2;
    const zero = strip.y(kind === "ratio" ? 1 : 0);
    const y = strip.y(value);
    context.fillRect(x, Math.min(y, zero), width + 0.3, Math.max(0.6, Math.abs(y - zero)));
  });
  context.restore();
}

function stripBox({ plot }: SpectrumPicture): { top: number; bottom: number } {
  return { top: plot.bottom + 4 + CAPTION, bottom: plot.height - margins.axis };
}

function differenceStrip(picture: SpectrumPicture, { sigma }: Compared): Strip {
  const { top, bottom } = stripBox(picture);
  const most = Math.max(LEAST_SIGMA, sigma.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) * 1.1);
  // A square root keeps ±3 σ readable beside a peak of hundreds.
  const height = (value: number): number => Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / most));
  const y = (value: number): number => (top + bottom) / 2 - (height(value) * (bottom - top)) / 2;
  return { top, bottom, y, ticks: differenceTicks(most, y) };
}

/** 0, ±3 σ, the largest round number on both sides, and powers of ten between where they have room; a number that would meet one before it stays away, its line does not. */
export function differenceTicks(most: number, y: (value: number) => number): StripTick[] {
  const largest = roundBelow(most);
  const ends = largest > THRESHOLD_SIGMA ? [largest, -largest] : [];
  const between = [1000, 100, 10].filter((value) => value < largest).flatMap((value) => [value, -value]);
  const hasRoom = roomForNumbers(y);
  const always = [0, ...ends, THRESHOLD_SIGMA, -THRESHOLD_SIGMA].map((value): StripTick => {
    const look = value === 0 ? "zero" : Math.abs(value) === THRESHOLD_SIGMA ? "threshold" : "plain";
    return { value, look, label: hasRoom(value) ? signed(value) : "" };
  });
  return [...always, ...between.filter(hasRoom).map((value): StripTick => ({ value, look: "plain", label: signed(value) }))];
}

function signed(value: number): string {
  return value === 0 ? "0" : `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}

/** Whether a number has room beside those that had it before. */
function roomForNumbers(y: (value: number) => number): (value: number) => boolean {
  const named: number[] = [];
  return (value) => {
    const hasRoom = named.every((other) => Math.abs(y(other) - y(value)) >= NUMBER_HEIGHT);
    if (hasRoom) named.push(value);
    return hasRoom;
  };
}

/** Ratios that are marked, those that matter most first; each stands with its inverse as people write it. */
const RATIOS: readonly (readonly [above: number, below: number])[] = [
  [10, 0.1],
  [100, 0.01],
  [3, 0.3],
  [2, 0.5],
  [30, 0.03],
  [5, 0.2],
  [1.5, 0.7],
  [1.2, 0.8],
];

/** 1, and round ratios up to `most` and down to its inverse that have room for their numbers. */
export function ratioTicks(most: number, y: (value: number) => number): StripTick[] {
  const hasRoom = roomForNumbers(y);
  const others = RATIOS.flat().filter((value) => value <= most && value >= 1 / most);
  return [1, ...others]
    .filter(hasRoom)
    .map((value): StripTick => ({ value, look: value === 1 ? "zero" : "plain", label: formatNumber(value) }));
}

/** The largest 1, 2 or 5 times a power of ten that is not above. */
function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}

function ratioStrip(picture: SpectrumPicture, { ratio }: Compared): Strip {
  const { top, bottom } = stripBox(picture);
  const largest = ratio.reduce((most, value) => (value > 0 ? Math.max(most, value, 1 / value) : most), LEAST_RATIO);
  const span = Math.log(Math.min(100, largest) * 1.1);
  const y = (value: number): number => {
    const share = Math.max(-1, Math.min(1, Math.log(Math.max(value, 1e-9)) / span));
    return (top + bottom) / 2 - (share * (bottom - top)) / 2;
  };
  return { top, bottom, y, ticks: ratioTicks(Math.exp(span), y) };
}
