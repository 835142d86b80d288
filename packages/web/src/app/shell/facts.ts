import type { LoadedImage } from "../../worker/engine-protocol.js";

/** `512 x 432 px`, `2,048 channels`, `15 kV`, `0.35 µm/px`, `172 counts/px` */
export function factsOf({ grid, energyAxis, metadata, totalCounts }: LoadedImage): string[] {
  const { width, height, frames, pixelSizeUm } = grid;
  const perPixel = totalCounts / Math.max(1, width * height * frames);
  return [
    `${width.toLocaleString()} × ${height.toLocaleString()}${frames > 1 ? ` × ${frames}` : ""} px`,
    `${energyAxis.size.toLocaleString()} channels`,
    metadata.beamEnergyKev === undefined ? undefined : `${metadata.beamEnergyKev.toLocaleString()} kV`,
    pixelSizeUm === undefined ? undefined : `${pixelSizeUm[0].toLocaleString(undefined, { maximumSignificantDigits: 3 })} µm/px`,
    `${perPixel.toLocaleString(undefined, { maximumSignificantDigits: 3 })} counts/px`,
  ].filter((fact) => fact !== undefined);
}
