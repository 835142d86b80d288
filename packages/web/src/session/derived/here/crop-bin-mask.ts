/** What is kept of the map and of the energies: the steps `crop`, `bin` and `mask`. */
import { countOf, formatCount, formatNumber, formatPercent, isEnergyCalibrated, withUnit } from "@sigma-eds/core";
import { type Basis, basisAfter, channelsWithin, rangeWithin, shareOf } from "./basis.js";
import { levelsOf } from "./levels.js";
import type { EntryOf, Tellers } from "./teller.js";
import { axisWords, energyWords, lengthWords, meanCounts, peakWords, shareWords } from "./words.js";

export const crop: Tellers<EntryOf<"crop">> = {
  x: (value, { basis }) => keptWords(value, basis.grid.width, basis.grid.pixelSizeUm?.[0], "column"),
  y: (value, { basis }) => keptWords(value, basis.grid.height, basis.grid.pixelSizeUm?.[1], "row"),
  energyKev(value, { basis: { energyAxis, spectrum } }) {
    if (value === undefined) return `All are kept: ${axisWords(energyAxis)}.`;
    const [from, to] = channelsWithin(energyAxis, value);
    return `${formatCount(to - from)} of ${countOf(energyAxis.size, "channel")} are kept, with ${formatPercent(shareOf(spectrum, from, to))} of the counts.`;
  },
};

function keptWords(range: readonly [number, number] | undefined, size: number, um: number | undefined, name: string): string {
  const [from, to] = rangeWithin(range, size);
  const length = um === undefined ? "" : `, ${lengthWords((to - from) * um)}`;
  if (to - from === size) return `All ${countOf(size, name)} are kept${length}.`;
  return `${formatCount(to - from)} of ${countOf(size, name)} are kept, ${formatPercent((to - from) / size)}${length}.`;
}

export const bin: Tellers<EntryOf<"bin">> = {
  factor(value, { basis, entry }) {
    const { grid } = basis;
    const [across, down] = [Math.min(value, grid.width), Math.min(value, grid.height)];
    const [width, height] = [Math.floor(grid.width / across), Math.floor(grid.height / down)];
    const wide = grid.pixelSizeUm === undefined ? "A pixel" : `A pixel is ${lengthWords(grid.pixelSizeUm[0] * across)} wide and`;
    const counts = formatNumber(meanCounts(basisAfter(basis, { ...entry, energyFactor: 1 })));
    return `${wide} holds ${counts} counts in the mean, of all energies; the map has ${formatCount(width)} × ${formatCount(height)}${restWords(across, down, grid)}.`;
  },
  energyFactor(value, { basis }) {
    const { energyAxis } = basis;
    const channels = countOf(Math.floor(energyAxis.size / value), "channel");
    if (!isEnergyCalibrated(energyAxis)) return `The spectra have ${channels}.`;
    const width = energyAxis.scale * value;
    const [peak = ""] = peakWords(5.8987, basis).split(" (");
    return `${channels} of ${energyWords(width)}; a peak at Mn Kα is ${peak} wide.`;
  },
};

function restWords(across: number, down: number, { width, height }: Basis["grid"]): string {
  const rests = [
    { rest: width % across, name: "column" },
    { rest: height % down, name: "row" },
  ].filter(({ rest }) => rest > 0);
  const words = rests.map(({ rest, name }) => countOf(rest, name)).join(" and ");
  return words === "" ? "" : `, ${words} at the edge left out`;
}

export const mask: Tellers<EntryOf<"mask">> = {
  minimumCounts(value, { basis }) {
    const levels = levelsOf(basis.countMap);
    const left = levels.below(value);
    const words = left === 0 ? "No pixel has fewer" : `${countOf(left, "pixel")} have fewer, ${shareWords(left, basis)}`;
    return `${words}; the mean is ${withUnit(levels.mean, "counts")}.`;
  },
};
