/** Pictures for small maps: reduced to what a tile can show, so that many of them cost little. */
import { resampled } from "@sigma-eds/core";
import type { Size } from "../plane/camera.js";
import type { ColourTable } from "./colour-table.js";
import { paint } from "./paint.js";
import { rasterCanvas } from "./raster-canvas.js";

/** Longest side of a tile's picture. */
const MOST = 512;

export interface TilePicture {
  readonly raster: OffscreenCanvas;
  /** Pixels of the map per pixel of the picture. */
  readonly reduction: number;
}

export interface TileColours {
  readonly from: number;
  readonly to: number;
  readonly gamma: number;
  readonly table: ColourTable;
}

/** One frame of values (float32 [height x width]) in colours; area means where the map is large. */
export function tilePicture(data: Float32Array, { width, height }: Size, { from, to, gamma, table }: TileColours): TilePicture {
  const reduction = Math.max(1, Math.ceil(Math.max(width, height) / MOST));
  const [across, down] = [Math.ceil(width / reduction), Math.ceil(height / reduction)];
  const values = reduction === 1 ? data : resampled({ data, width, height }, across, down);
  const fill = { kind: "scalar", data: values, from, to, gamma, table } as const;
  const words = paint({ pixels: across * down, fill, base: undefined, opacity: 1 });
  return { raster: rasterCanvas(words, across, down), reduction: width / across };
}
