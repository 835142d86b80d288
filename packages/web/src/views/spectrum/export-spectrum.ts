/** The spectrum as a figure, a table, and a file that other programs read. */
import { writeMsa } from "@sigma-eds/core";
import { type DataTable, dataTable } from "../../session/data-table.js";
import type { Figure } from "../../session/figure.js";
import { spectraFigure } from "../../session/figures/spectrum-figures.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import type { SpectrumPicture } from "./spectrum-picture.js";
import { type Trace, totalOf, unitFactor, unitNames } from "./traces.js";

const paperUnits = { "per-pixel": "Counts per pixel", total: "Counts", normalised: "Share of all counts, %" } as const;

/** What is drawn, on the axes as they are. */
export function figureOfSpectrum({ traces, axis, plot, unit, scaleName, lines }: SpectrumPicture): Figure {
  const drawn = traces.filter(({ look }) => look !== "thin");
  const counts = countsBetween(axis, plot.fromKev, plot.toKev);
  return spectraFigure("spectrum", {
    title: drawn.map(({ name }) => name).join(", "),
    traces: drawn.map((trace) => ({
      name: trace.name === "Sum" ? "All pixels" : trace.name,
      values: trace.spectrum.map((value) => value * unitFactor(trace, unit)),
      style: trace.look === "area" ? "area" : "line",
      colour: trace.colour,
      counted: trace.look === "area" ? undefined : { counts: counts(trace.spectrum), one: unitFactor(trace, unit) },
    })),
    energy: axis.calibrated ? { offsetKev: axis.offset, scaleKev: axis.scale } : undefined,
    from: plot.fromKev,
    to: plot.toKev,
    lines,
    unit: paperUnits[unit],
    scale: scaleName,
  });
}

/** Counts of the channels between two energies. */
function countsBetween({ offset, scale }: SpectrumPicture["axis"], from: number, to: number): (spectrum: Float64Array) => number {
  const first = Math.max(0, Math.ceil((from - offset) / scale));
  const end = Math.max(first, Math.floor((to - offset) / scale) + 1);
  return (spectrum) => totalOf(spectrum.subarray(first, end));
}

/** A row per channel: its energy and the value of every trace. */
export function tableOfSpectrum({ traces, axis, unit }: SpectrumPicture): DataTable {
  const rows = Array.from({ length: axis.size }, (_, channel) => [
    Number((axis.offset + channel * axis.scale).toPrecision(9)),
    ...traces.map((trace) => unitFactor(trace, unit) * (trace.spectrum[channel] ?? Number.NaN)),
  ]);
  const energy = axis.calibrated ? { name: "energy_keV", title: "Energy", unit: "keV" } : { name: "channel", title: "Channel" };
  const columns = traces.map(({ name }) => ({
    name: `${name}, ${unitNames[unit].toLowerCase()}`,
    title: name,
    unit: unitNames[unit].toLowerCase(),
  }));
  return dataTable([energy, ...columns], rows);
}

/** One spectrum as EMSA/MAS (ISO 22029): counts of all its pixels together. */
export function msaOfTrace({ name, spectrum, pixels }: Trace, { axis }: SpectrumPicture, { metadata }: LoadedImage): Uint8Array {
  return writeMsa({
    title: `${name}, ${pixels} px`,
    values: spectrum,
    energy: axis.calibrated ? { offsetKev: axis.offset, scaleKev: axis.scale } : undefined,
    yUnits: "counts",
    beamEnergyKev: metadata.beamEnergyKev,
    elevationAngleDeg: metadata.detector.elevationAngleDeg,
    azimuthAngleDeg: metadata.detector.azimuthAngleDeg,
  });
}
