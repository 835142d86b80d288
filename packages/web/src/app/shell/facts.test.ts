import { expect, test } from "vitest";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import { factsOf } from "./facts.js";

test("the counts of a pixel are said to be a mean: what is typical, at the energies that decide, is another number", () => {
  const image = {
    grid: { width: 10, height: 5, frames: 1, pixelSizeUm: [0.35, 0.35] },
    energyAxis: { size: 2048 },
    metadata: { beamEnergyKev: 15 },
    totalCounts: 6100,
  } as unknown as LoadedImage;
  expect(factsOf(image)).toEqual(["10 × 5 px", "2,048 channels", "15 kV", "0.35 µm/px", "mean 122 counts/px"]);
});
