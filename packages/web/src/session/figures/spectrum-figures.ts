/** Spectra as figures for paper. */
import {
  type IntensityScaleName,
  isEnergyCalibrated,
  type MarkedLine,
  markedLines,
  type PhaseClass,
  type SpectrumView,
  spectrumFigure,
  spectrumView,
} from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import type { Figure } from "../figure.js";
import { followedTraces, type ShownTrace } from "./followed-traces.js";

/** Width to height of a plot. */
const PROPORTION = 0.44;
const LEAST_HEIGHT = 236;
const MOST_HEIGHT = 320;

export interface SpectraShown extends SpectrumView {
  readonly title: string;
  /** What a caption calls it. Default: the spectrum of the title. */
  readonly subject?: string | undefined;
  readonly traces: readonly ShownTrace[];
  readonly lines: readonly MarkedLine[];
  /** `Counts per pixel` */
  readonly unit?: string | undefined;
  readonly scale?: IntensityScaleName | undefined;
  readonly floor?: number | undefined;
}

/** What is filled grey is what lines are compared with; where there is no line, it is drawn as one, black. */
export function spectraFigure(id: string, { title, subject = `Spectrum of ${title}`, ...shown }: SpectraShown): Figure {
  const isCompared = shown.traces.some(({ style }) => style === "line");
  const drawn = isCompared ? shown.traces : shown.traces.map((trace) => ({ ...trace, style: "line" as const }));
  const isLog = (shown.scale ?? "log") === "log";
  const { traces, floor, notes } = followedTraces(isLog ? drawn : drawn.map(({ counted, ...trace }) => trace), shown);
  const plot = { ...shown, traces, floor: shown.floor ?? floor };
  return {
    id,
    title: `Spectrum: ${title}`,
    subject: `${subject}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`,
    leastWidth: 300,
    draw: (width) => {
      const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.round(width * PROPORTION)));
      return spectrumFigure({ ...plot, width, height, description: `${subject}.` });
    },
  };
}

/** The sum of all pixels, and every class over it. */
export function spectrumFigures(image: LoadedImage, analysis: AnalysisSnapshot): Figure[] {
  const { classes, classSpectra, sumSpectrum, lines, energyAxis, countMap } = analysis;
  const sum = sumSpectrum ?? image.sumSpectrum;
  const about = { lines, sumSpectrum: sum, image: { metadata: image.metadata, energyAxis } };
  const all = { name: "All pixels", values: sum.map((value) => value / countMap.length), style: "area" } as const;
  const named = (phase?: PhaseClass) => (isEnergyCalibrated(energyAxis) ? markedLines(about, phase) : []);
  const common = spectrumView(about);
  return [
    spectraFigure("spectrum-sum", { ...common, lines: named(), title: "all pixels", traces: [all] }),
    ...classes.flatMap((phase, i) => {
      const { id, name, colour, counts, pixels } = phase;
      const values = classSpectra[i];
      if (values === undefined) return [];
      const own = { name, values, style: "line", colour, counted: { counts, one: 1 / Math.max(1, pixels) } } as const;
      const traces = [all, own];
      return spectraFigure(`spectrum-${id}`, { ...common, lines: named(phase), title: name, traces });
    }),
  ];
}
