/** Endmembers as figures and as a table. */
import type { SpectrumView } from "@sigma-eds/core";
import { type CsvRow, csvText } from "../../session/csv.js";
import type { Figure } from "../../session/figure.js";
import { spectraFigure } from "../../session/figures/spectrum-figures.js";
import type { MapFit } from "./endmember-fit.js";

/** The fit of the whole map first, then every endmember. */
export function figuresOfEndmembers({ endmembers, measured, modelled }: MapFit, view: SpectrumView): Figure[] {
  const fit = spectraFigure("endmember-fit", {
    ...{ ...view, lines: [], title: "the map, measured and as fitted by the endmembers" },
    traces: [
      { name: "measured", values: measured, style: "area" },
      { name: "fitted", values: modelled, style: "line" },
    ],
  });
  const single = endmembers.map(({ index, name, spectrum, colour }) =>
    spectraFigure(`endmember-${index + 1}`, {
      ...{ ...view, lines: [], title: name },
      traces: [{ name, values: spectrum, style: "line", colour }],
    }),
  );
  return [fit, ...single];
}

/** A row per channel: energy, and each endmember with its standard error of counting. */
export function tableOfEndmembers(
  { endmembers }: MapFit,
  errors: readonly Float64Array[],
  { offset, scale, unit }: { readonly offset: number; readonly scale: number; readonly unit: string },
): string {
  const channels = endmembers[0]?.spectrum.length ?? 0;
  const head = [
    unit === "keV" ? "energy_keV" : "channel",
    ...endmembers.flatMap(({ name }) => [name, `${name}, standard error`]),
  ];
  const rows = Array.from(
    { length: channels },
    (_, c): CsvRow => [
      Number((offset + c * scale).toPrecision(9)),
      ...endmembers.flatMap(({ index, spectrum }) => [spectrum[c], errors[index]?.[c]]),
    ],
  );
  return csvText([head, ...rows]);
}
