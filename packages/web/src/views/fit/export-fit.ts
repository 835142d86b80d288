/** The fit of a spectrum taken away: as figures for paper, and channel by channel. */
import { formatFixed, type IdentifiedPixels, lineWithName, type MarkedLine } from "@sigma-eds/core";
import { type DataTable, dataTable } from "../../session/data-table.js";
import type { Figure } from "../../session/figure.js";
import { spectraFigure } from "../../session/figures/spectrum-figures.js";

export interface ShownFit {
  /** Of the pixels in question: `Quartz`. */
  readonly name: string;
  readonly answer: IdentifiedPixels;
  readonly fit: NonNullable<IdentifiedPixels["fit"]>;
  readonly offset: number;
  readonly scale: number;
  readonly range: readonly [fromKev: number, toKev: number];
}

/** Measured with fit and continuum; then what they leave, in standard errors. */
export function fitFigures({ name, answer, fit, offset, scale, range: [from, to] }: ShownFit): Figure[] {
  const pixels = Math.max(1, answer.identity.pixels);
  const perPixel = (values: Float64Array): Float64Array => values.map((value) => value / pixels);
  const common = { energy: { offsetKev: offset, scaleKev: scale }, from, to, lines: linesOfFit(answer) };
  const counted = { counts: answer.identity.counts, one: 1 / pixels };
  return [
    spectraFigure("fit", {
      ...common,
      title: `${name}, as fitted`,
      subject: `Fit of the spectrum of ${name}`,
      traces: [
        { name: "Measured", values: perPixel(fit.measured), style: "area", counted },
        { name: "Continuum", values: perPixel(fit.continuum), style: "line", colour: "#8a8d91" },
        { name: "Fitted", values: perPixel(fit.model), style: "line" },
      ],
    }),
    spectraFigure("fit-residual", {
      ...common,
      title: `${name}, size of what the fit leaves`,
      subject: `Residual of the fit of the spectrum of ${name}`,
      unit: "Standard errors, without sign",
      scale: "linear",
      traces: [{ name: "Measured less fitted", values: fit.residualSigma.map(Math.abs), style: "line" }],
    }),
  ];
}

/** The strongest line of every element that was found, the surest first where there is no room for all. */
function linesOfFit({ identity }: IdentifiedPixels): MarkedLine[] {
  return identity.elements.flatMap(({ lines, significance }) =>
    lines.slice(0, 1).flatMap(({ line }) => {
      const energyKev = lineWithName(line)?.energyKev;
      return energyKev === undefined ? [] : [{ name: line, energyKev, priority: significance }];
    }),
  );
}

/** A row for each channel: counts of all the pixels together, and the residual with its sign. */
export function fitTable({ fit, offset, scale }: Pick<ShownFit, "fit" | "offset" | "scale">): DataTable {
  return dataTable(
    [
      { name: "channel", title: "Channel" },
      { name: "energy_kev", title: "Energy", unit: "keV" },
      { name: "measured_counts", title: "Measured", unit: "counts" },
      { name: "fitted_counts", title: "Fitted", unit: "counts" },
      { name: "continuum_counts", title: "Continuum", unit: "counts" },
      { name: "residual_sigma", title: "Residual", unit: "σ", shown: (value) => formatFixed(value, 2) },
    ],
    Array.from(fit.measured, (measured, c) => [
      c,
      Number((offset + scale * c).toPrecision(9)),
      measured,
      fit.model[c],
      fit.continuum[c],
      fit.residualSigma[c],
    ]),
  );
}
