/** A spectrum image of a file before it is chosen: enough to know it again. */
import { breather, countMap, type SpectrumImage, sumSpectrum } from "@sigma-eds/core";
import type { DatasetGlance } from "./engine-protocol.js";
import { gridOf } from "./grid.js";

/** Pixels times channels; what holds more takes longer to read than somebody looks at a list. */
const MOST_CELLS = 2 ** 28;

/** Reads the counts once and keeps none of them; undefined where there are too many. */
export async function glanceAt(image: SpectrumImage, signal: AbortSignal): Promise<DatasetGlance | undefined> {
  const { counts } = image;
  const cells = counts.navigationShape.reduce((product, size) => product * size, counts.channels);
  if (cells > MOST_CELLS) return undefined;
  const map = countMap(counts);
  const sum = sumSpectrum(counts);
  const breathe = breather({ signal });
  for await (const block of counts.blocks({ signal })) {
    map.add(block);
    sum.add(block);
    await breathe();
  }
  const sumSpectrumNow = sum.result();
  return {
    grid: gridOf(image),
    countMap: Float32Array.from(map.result()),
    sumSpectrum: sumSpectrumNow,
    totalCounts: sumSpectrumNow.reduce((total, value) => total + value, 0),
  };
}
