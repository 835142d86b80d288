import { areaUnit, formatCount, formatNumber } from "@sigma-eds/core";
import type { Grid } from "../../worker/engine-protocol.js";

/** `1,402 px selected` and `0.63 % · 172 µm²`. */
export function selectionWords(count: number, { width, height, frames, pixelSizeUm }: Grid): { main: string; more: string } {
  const share = (100 * count) / Math.max(1, width * height * frames);
  const percent = `${formatNumber(share, share < 10 ? 2 : 3)} %`;
  const area = pixelSizeUm === undefined ? undefined : areaWords(count * pixelSizeUm[0] * pixelSizeUm[1]);
  return { main: `${formatCount(count)} px selected`, more: area === undefined ? percent : `${percent} · ${area}` };
}

function areaWords(um2: number): string {
  const unit = areaUnit(um2);
  return `${formatNumber(um2 / unit.um2, 3)} ${unit.name}`;
}
