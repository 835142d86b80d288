/** A calibration as figures: how far peaks lie from their lines, and the spectrum with these lines. */
import { type Axis, isEnergyCalibrated, lineWithName, offsetFigure } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";
import { spectraFigure } from "../../session/figures/spectrum-figures.js";
import { type LineRow, peakText, signed } from "./calibration-lines.js";

const HEIGHT = 240;
const ROOM_KEV = 0.6;

/** `axis` is the one that was tried; `isChanged`: it is not that of the file. None without energies. */
export function calibrationFigures(rows: readonly LineRow[], spectrum: Float64Array, axis: Axis, isChanged: boolean): Figure[] {
  if (!isEnergyCalibrated(axis)) return [];
  return [spectrumOf(rows, spectrum, axis.offset, axis.scale), offsetsOf(rows, isChanged)];
}

/** Lines with how far their peaks lie from them, in words of a caption. */
function offsetsInWords(rows: readonly LineRow[]): string {
  return rows
    .flatMap(({ name, afterEv }) => (afterEv === undefined ? [] : [`${peakText(name)} ${signed(afterEv)} eV`]))
    .join(", ");
}

function spectrumOf(rows: readonly LineRow[], spectrum: Float64Array, offsetKev: number, scaleKev: number): Figure {
  const found = rows.filter(({ name, channel }) => channel !== undefined && lineWithName(name) !== undefined);
  const highest = Math.max(1, ...found.map(({ trueKev }) => trueKev));
  const words = offsetsInWords(found);
  const figure = spectraFigure("calibration-spectrum", {
    energy: { offsetKev, scaleKev },
    from: 0,
    to: Math.min(highest + ROOM_KEV, offsetKev + scaleKev * (spectrum.length - 1)),
    drawFrom: 0.1,
    lines: found.map(({ name, trueKev, isUsed }) => ({ name, energyKev: trueKev, priority: isUsed ? 2 : 1, emphasised: isUsed })),
    unit: "Counts",
    title: "all pixels, lines of the calibration",
    traces: [{ name: "All pixels", values: spectrum, style: "line" }],
  });
  return words === ""
    ? figure
    : { ...figure, subject: `Spectrum of all pixels with the lines of the calibration (peak less line: ${words})` };
}

function offsetsOf(rows: readonly LineRow[], isChanged: boolean): Figure {
  const points = rows.flatMap(({ name, channel, trueKev, beforeEv, afterEv, errorEv, isUsed }) =>
    channel === undefined || afterEv === undefined
      ? []
      : [
          {
            ...{ name: name === "zero" ? undefined : name, energyKev: trueKev, offsetEv: afterEv, errorEv, isUsed },
            beforeEv: isChanged ? beforeEv : undefined,
          },
        ],
  );
  return {
    id: "calibration",
    title: "Peaks, off their lines",
    subject: "Distances of peaks from their X-ray lines, with standard errors",
    leastWidth: 300,
    draw: (width) =>
      offsetFigure({
        points,
        width,
        height: HEIGHT,
        description: `Distances of peaks from their lines: ${offsetsInWords(rows)}.`,
      }),
  };
}
