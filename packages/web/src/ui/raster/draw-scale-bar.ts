import { chooseScaleBar, formatNumber } from "@sigma-eds/core";
import type { Size } from "../plane/camera.js";
import { colourTable } from "./colour-table.js";
import { haloText } from "./halo-text.js";

/**
 * A bar of round length (1, 2, 5) at the bottom left, white with a dark edge, its length above it. `scale` is screen pixels per pixel of the map; without a
 * pixel size the length is in pixels, with a warning sign.
 */
export function drawScaleBar(
  context: CanvasRenderingContext2D,
  view: Size,
  scale: number,
  pixelSizeUm: number | undefined,
): void {
  const { mapPixels, text } = chooseScaleBar(view.width / scale, pixelSizeUm);
  const length = mapPixels * scale;
  const [left, bottom] = [14, view.height - 13];
  context.fillStyle = "rgb(0 0 0 / 75%)";
  context.fillRect(left - 1, bottom - 6, length + 2, 7);
  context.fillStyle = "#ffffff";
  context.fillRect(left, bottom - 5, length, 5);
  haloText(context, pixelSizeUm === undefined ? `⚠ ${text}` : text, left + length / 2, bottom - 16, {
    size: 12.5,
    align: "center",
  });
}

export interface ColourBar {
  readonly title: string;
  readonly unit: string;
  readonly table: Parameters<typeof colourTable>[0];
  /** As the picture is painted with it: 1 runs evenly from end to end. */
  readonly gamma: number;
  readonly range: { readonly from: number; readonly to: number; readonly clippedBelow: boolean; readonly clippedAbove: boolean };
  /** What of the values the ends stand for, for example `1 to 99.5 %`; only said where values lie beyond. */
  readonly clip: string;
}

const WIDTH = 10;

/** Room that a colour bar and its numbers take at the right, CSS pixels. */
export const COLOUR_BAR_WIDTH = 80;

/** A bar of colours at the right: unit on top, ends and middle labelled; an end beyond which values lie is pointed. */
export function drawColourBar(
  context: CanvasRenderingContext2D,
  view: Size,
  bar: ColourBar,
  words: { readonly text?: string; readonly halo?: string } = {},
): void {
  const height = Math.min(200, view.height - 130);
  if (height < 60) return;
  const [right, top] = [view.width - 14, 34];
  const left = right - WIDTH;
  const table = colourTable(bar.table);
  const inks = { ink: words.text, halo: words.halo };
  const { from, to, clippedAbove, clippedBelow } = bar.range;
  context.save();
  context.fillStyle = "rgb(0 0 0 / 60%)";
  context.fillRect(left - 1, top - 1, WIDTH + 2, height + 2);
  for (let y = 0; y < height; y++) {
    const word = table[Math.round(255 * (1 - y / (height - 1)))]!;
    context.fillStyle = `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255} / ${(word >>> 24) / 255})`;
    context.fillRect(left, top + y, WIDTH, 1.5);
  }
  if (clippedAbove) point(context, left, top - 2, -6, table[255]!);
  if (clippedBelow) point(context, left, top + height + 2, 6, table[0]!);
  const label = (value: number, y: number): void =>
    haloText(context, formatNumber(value), left - 5, y, { size: 11, weight: 400, align: "right", ...inks });
  label(to, top + 4);
  label(from + (to - from) * 0.5 ** bar.gamma, top + height / 2);
  label(from, top + height - 4);
  haloText(context, [bar.title, bar.unit].filter((word) => word !== "").join(", "), right, 15, {
    size: 12,
    align: "right",
    ...inks,
  });
  if (clippedAbove || clippedBelow)
    haloText(context, bar.clip, right, top + height + 18, { size: 10.5, weight: 400, align: "right", ...inks });
  context.restore();
}

function point(context: CanvasRenderingContext2D, left: number, y: number, height: number, word: number): void {
  context.fillStyle = `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
  context.strokeStyle = "rgb(0 0 0 / 60%)";
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + WIDTH / 2, y + height);
  context.lineTo(left + WIDTH, y);
  context.closePath();
  context.stroke();
  context.fill();
}
