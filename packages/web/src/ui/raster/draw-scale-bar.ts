import { chooseScaleBar, formatNumber } from "@sigma-eds/core";
import type { Size } from "../plane/camera.js";
import { colourTable } from "./colour-table.js";
import { haloText } from "./halo-text.js";
import type { Placement } from "./raster-canvas.js";

/** Screen pixels. */
export interface ScaleBarRoom {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
}

/** With less the bar and its length do not stand on a picture, screen pixels. */
const LEAST_ROOM: Size = { width: 110, height: 40 };

/** What of a map is in sight; where that is too small for a scale bar, the whole view. */
export function scaleBarRoom(map: Size, { scale, left, top }: Placement, view: Size): ScaleBarRoom {
  const [from, to] = [Math.max(0, left), Math.min(view.width, left + map.width * scale)];
  const bottom = Math.min(view.height, top + map.height * scale);
  const isLarge = to - from >= LEAST_ROOM.width && bottom - Math.max(0, top) >= LEAST_ROOM.height;
  return isLarge ? { left: from, bottom, width: to - from } : { left: 0, bottom: view.height, width: view.width };
}

/**
 * A bar of round length (1, 2, 5) at the bottom left of the `room`, white with a dark edge, its length above it. `scale` is screen pixels per pixel of the map;
 * without a pixel size the length is in pixels, with a warning sign.
 */
export function drawScaleBar(
  context: CanvasRenderingContext2D,
  room: ScaleBarRoom,
  scale: number,
  pixelSizeUm: number | undefined,
): void {
  const { mapPixels, text } = chooseScaleBar(room.width / scale, pixelSizeUm);
  const length = mapPixels * scale;
  const [left, bottom] = [room.left + 14, room.bottom - 13];
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
