/** Spectra as figures for paper. */
import {
  type IntensityScaleName,
  isEnergyCalibrated,
  type MarkedLine,
  markedLines,
  type SpectrumTrace,
  spectrumFigure,
  spectrumView,
} from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import type { Figure } from "../figure.js";

/** Width to height of a plot. */
const PROPORTION = 0.44;
const LEAST_HEIGHT = 190;
const MOST_HEIGHT = 320;

export interface SpectraShown {
  readonly title: string;
  readonly traces: readonly SpectrumTrace[];
  readonly energy: { readonly offsetKev: number; readonly scaleKev: number } | undefined;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly MarkedLine[];
  /** `Counts per pixel` */
  readonly unit?: string | undefined;
  readonly scale?: IntensityScaleName | undefined;
  readonly floor?: number | undefined;
}

export function spectraFigure(id: string, { title, ...plot }: SpectraShown): Figure {
  return {
    id,
    title: `Spectrum: ${title}`,
    subject: `Spectrum of ${title}`,
    leastWidth: 300,
    draw: (width) => {
      const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.round(width * PROPORTION)));
      return spectrumFigure({ ...plot, width, height, description: `Spectrum of ${title}.` });
    },
  };
}

/** The sum of all pixels, and every class over it. */
export function spectrumFigures(image: LoadedImage, analysis: AnalysisSnapshot): Figure[] {
  const { classes, classSpectra, sumSpectrum, lines, energyAxis, countMap } = analysis;
  const sum = sumSpectrum ?? image.sumSpectrum;
  const about = { lines, sumSpectrum: sum, image: { metadata: image.metadata, energyAxis } };
  const all = { name: "All pixels", values: sum.map((value) => value / countMap.length), style: "area" } as const;
  const common = { ...spectrumView(about), lines: isEnergyCalibrated(energyAxis) ? markedLines(about) : [] };
  return [
    spectraFigure("spectrum-sum", { ...common, title: "all pixels", traces: [all] }),
    ...classes.flatMap(({ id, name, colour }, i) => {
      const values = classSpectra[i];
      if (values === undefined) return [];
      const traces = [all, { name, values, style: "line", colour } as const];
      return spectraFigure(`spectrum-${id}`, { ...common, title: name, traces });
    }),
  ];
}
