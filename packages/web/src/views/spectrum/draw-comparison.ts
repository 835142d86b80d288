/** The strip below the spectrum: difference in standard errors, or ratio on a logarithmic axis. */
import type { PlotColours } from "../../ui/canvas-layer.js";
import { margins } from "./plot-geometry.js";
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
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

export function drawComparison(
  context: CanvasRenderingContext2D,
  picture: SpectrumPicture,
  compared: Compared,
  colours: PlotColours,
): void {
  const strip = compared.kind === "difference" ? differenceStrip(picture, compared) : ratioStrip(picture, compared);
  const { left, right } = picture.plot;
  context.font = context.font.replace(/\d+px/, "10px");
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of strip.ticks) {
    const zero = value === (compared.kind === "ratio" ? 1 : 0);
    context.strokeStyle = zero ? colours.line2 : colours.line;
    context.setLineDash(zero ? [] : [3, 3]);
    context.beginPath();
    context.moveTo(left, strip.y(value));
    context.lineTo(right, strip.y(value));
    context.stroke();
    context.fillStyle = colours.text3;
    context.fillText(label, left - 8, strip.y(value));
  }
  context.setLineDash([]);
  drawCurve(context, picture, compared, strip, colours);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = colours.text2;
  const words = compared.kind === "difference" ? "minus" : "over";
  context.fillText(
    `${compared.names[0]} ${words} ${compared.names[1]}, ${compared.kind === "difference" ? "σ" : "ratio of shares"}`,
    left + 6,
    strip.top + 2,
  );
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
  return { top: plot.bottom + 8, bottom: plot.height - margins.axis };
}

function differenceStrip(picture: SpectrumPicture, { sigma }: Compared): Strip {
  const { top, bottom } = stripBox(picture);
  const most = Math.max(LEAST_SIGMA, sigma.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) * 1.1);
  // A square root keeps ±3 σ readable beside a peak of hundreds.
  const height = (value: number): number => Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / most));
  const y = (value: number): number => (top + bottom) / 2 - (height(value) * (bottom - top)) / 2;
  const ticks = [0, THRESHOLD_SIGMA, -THRESHOLD_SIGMA].map((value) => ({
    value,
    label: value === 0 ? "0" : `${value < 0 ? "−" : "+"}3 σ`,
  }));
  return { top, bottom, y, ticks: y(-THRESHOLD_SIGMA) - y(THRESHOLD_SIGMA) < 24 ? ticks.slice(0, 1) : ticks };
}

function ratioStrip(picture: SpectrumPicture, { ratio }: Compared): Strip {
  const { top, bottom } = stripBox(picture);
  const largest = ratio.reduce((most, value) => (value > 0 ? Math.max(most, value, 1 / value) : most), LEAST_RATIO);
  const span = Math.log(Math.min(100, largest) * 1.1);
  const y = (value: number): number => {
    const share = Math.max(-1, Math.min(1, Math.log(Math.max(value, 1e-9)) / span));
    return (top + bottom) / 2 - (share * (bottom - top)) / 2;
  };
  const step = largest > 10 ? 10 : 2;
  return {
    top,
    bottom,
    y,
    ticks: [
      { value: step, label: `× ${step}` },
      { value: 1, label: "1" },
      { value: 1 / step, label: `÷ ${step}` },
    ],
  };
}
