import { formatCount, formatNumber, pixelSizeText } from "@sigma-eds/core";
import type { LoadedImage } from "../../worker/engine-protocol.js";

/** `512 x 432 px`, `2,048 channels`, `15 kV`, `0.35 µm/px`, `mean 172 counts/px` */
export function factsOf({ grid, energyAxis, metadata, totalCounts }: LoadedImage): string[] {
  const { width, height, frames, pixelSizeUm } = grid;
  const perPixel = totalCounts / Math.max(1, width * height * frames);
  return [
    `${formatCount(width)} × ${formatCount(height)}${frames > 1 ? ` × ${frames}` : ""} px`,
    `${formatCount(energyAxis.size)} channels`,
    metadata.beamEnergyKev === undefined ? undefined : `${formatNumber(metadata.beamEnergyKev)} kV`,
    pixelSizeUm === undefined ? undefined : `${pixelSizeText(pixelSizeUm[0]).replace("\u202f", " ")}/px`,
    `mean ${formatNumber(perPixel, 3)} counts/px`,
  ].filter((fact) => fact !== undefined);
}
