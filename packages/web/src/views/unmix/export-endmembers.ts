/** Endmembers as figures and as a table. */
import type { MarkedLine, SpectrumView } from "@sigma-eds/core";
import { type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import type { Figure } from "../../session/figure.js";
import { spectraFigure } from "../../session/figures/spectrum-figures.js";
import type { MapFit } from "./endmember-fit.js";

/** The fit of the whole map first, then every endmember, with `lines` named in all. */
export function figuresOfEndmembers(
  { endmembers, measured, modelled }: MapFit,
  view: SpectrumView,
  lines: readonly MarkedLine[],
): Figure[] {
  const fit = spectraFigure("endmember-fit", {
    ...{ ...view, lines, title: "the map, measured and as fitted by the endmembers" },
    subject: "Mean spectrum and its fit by the endmembers",
    traces: [
      { name: "measured", values: measured, style: "area" },
      { name: "fitted", values: modelled, style: "line" },
    ],
  });
  const single = endmembers.map(({ index, name, spectrum, colour }) =>
    spectraFigure(`endmember-${index + 1}`, {
      ...{ ...view, lines, title: name },
      traces: [{ name, values: spectrum, style: "line", colour }],
    }),
  );
  return [fit, ...single];
}

interface Axis {
  readonly offset: number;
  readonly scale: number;
  readonly unit: string;
}

/** A row per channel: energy, and each endmember with its standard error of counting. */
export function tableOfEndmembers({ endmembers }: MapFit, errors: readonly Float64Array[], axis: Axis): DataTable {
  const columns = endmembers.flatMap(({ name }) => [
    { name, title: name, unit: "counts per pixel" },
    { name: `${name}, standard error`, title: "± 1 σ" },
  ]);
  const channels = endmembers[0]?.spectrum.length ?? 0;
  return dataTable(
    [energyColumn(axis), ...columns],
    Array.from({ length: channels }, (_, c) => [
      energyOf(axis, c),
      ...endmembers.flatMap(({ index, spectrum }) => [spectrum[c], errors[index]?.[c]]),
    ]),
  );
}

/** A row per channel: the mean spectrum of the map, as the endmembers make it, and what they leave. */
export function tableOfFit({ measured, modelled, residual }: MapFit, axis: Axis): DataTable {
  return dataTable(
    [
      energyColumn(axis),
      { name: "measured_counts_per_pixel", title: "Measured", unit: "counts per pixel" },
      { name: "fitted_counts_per_pixel", title: "Fitted", unit: "counts per pixel" },
      { name: "residual_sigma", title: "Residual", unit: "σ", shown: withDecimals(2) },
    ],
    Array.from(measured, (value, c) => [energyOf(axis, c), value, modelled[c], residual[c]]),
  );
}

function energyColumn({ unit }: Axis) {
  return unit === "keV" ? { name: "energy_keV", title: "Energy", unit } : { name: "channel", title: "Channel" };
}

function energyOf({ offset, scale }: Axis, channel: number): number {
  return Number((offset + channel * scale).toPrecision(9));
}
