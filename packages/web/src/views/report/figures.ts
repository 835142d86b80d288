/** Figures that can be built: the same code of the core as on the command line. */
import {
  formatCount,
  isEnergyCalibrated,
  latentFigure,
  lineText,
  markedLines,
  phaseMapFigure,
  scalarMapFigure,
  spectrumFigure,
  spectrumView,
} from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";

export interface FigureChoice {
  readonly id: string;
  readonly title: string;
  /** CSS pixels that the figure needs at the least, to be laid out well. */
  readonly leastWidth: number;
  /** Complete SVG document of about this width, CSS pixels. */
  draw(width: number): string;
}

const LEGEND = 274;
const COLOUR_BAR = 52;

export function figureChoices(image: LoadedImage, analysis: AnalysisSnapshot): FigureChoice[] {
  return [
    ...mapFigures(image, analysis),
    ...spectrumFigures(image, analysis),
    ...latentFigures(analysis),
    ...lineFigures(image, analysis),
  ];
}

function mapFigures({ images, title }: LoadedImage, { labels, classes, grid }: AnalysisSnapshot): FigureChoice[] {
  if (labels === undefined || classes.length === 0) return [];
  const shown = classes.filter(({ hidden }) => hidden !== true);
  const base = images[0];
  const draw = (pictureWidth: number, legend: "right" | "below" | "none"): string =>
    phaseMapFigure({
      id: "figure",
      geometry: grid,
      labels: labels.subarray(0, grid.width * grid.height),
      classes: shown,
      base: base === undefined ? undefined : { width: base.width, height: base.height, data: base.data },
      legend,
      pictureWidth,
      description: `Phase map of ${title}: ${shown.map(({ name }) => name).join(", ")}.`,
    });
  return [
    { id: "map-legend", title: "Phase map with legend", leastWidth: LEGEND + 260, draw: (width) => draw(width - LEGEND, "right") },
    { id: "map", title: "Phase map", leastWidth: 200, draw: (width) => draw(width, "none") },
  ];
}

function spectrumFigures(image: LoadedImage, analysis: AnalysisSnapshot): FigureChoice[] {
  const { classes, classSpectra, sumSpectrum, lines, energyAxis, countMap } = analysis;
  const sum = sumSpectrum ?? image.sumSpectrum;
  const about = { lines, sumSpectrum: sum, image: { metadata: image.metadata, energyAxis } };
  const ground = { name: "All pixels", values: sum.map((value) => value / countMap.length), style: "area" } as const;
  const marked = isEnergyCalibrated(energyAxis) ? markedLines(about) : [];
  const view = spectrumView(about);
  const one = (name: string, traces: Parameters<typeof spectrumFigure>[0]["traces"], id: string): FigureChoice => ({
    id,
    title: `Spectrum: ${name}`,
    leastWidth: 480,
    draw: (width) => spectrumFigure({ ...view, traces, lines: marked, width, height: 240, description: `Spectrum of ${name}.` }),
  });
  const ofClasses = classes.map(({ id, name, colour }, i) =>
    one(name, [ground, { name, values: classSpectra[i] ?? [], style: "line", colour }], `spectrum-${id}`),
  );
  return [one("all pixels", [ground], "spectrum-sum"), ...ofClasses];
}

function latentFigures({ latent, labels, classes }: AnalysisSnapshot): FigureChoice[] {
  if (latent === undefined || latent.dimensions < 2) return [];
  const pixels = latent.data.length / latent.dimensions;
  const description = `All ${formatCount(pixels)} pixels in the latent space.`;
  const { data, dimensions } = latent;
  return [
    {
      id: "latent",
      title: "Latent space",
      leastWidth: 320,
      draw: (size) => latentFigure({ data, dimensions, labels, classes, size, description }),
    },
  ];
}

function lineFigures({ title }: LoadedImage, { elementMaps, grid }: AnalysisSnapshot): FigureChoice[] {
  return elementMaps.map(({ line, data, fromKev, toKev, background }) => ({
    id: `line-${line}`,
    title: `Map: ${lineText(line)}`,
    leastWidth: 240,
    draw: (width) =>
      scalarMapFigure({
        geometry: grid,
        data: data.subarray(0, grid.width * grid.height),
        title: lineText(line),
        note: fromKev === undefined || toKev === undefined ? undefined : `${fromKev.toFixed(2)} to ${toKev.toFixed(2)} keV`,
        unit: background === "none" ? "counts" : "net counts",
        colours: "inferno",
        contrast: "percentile",
        pictureWidth: width - COLOUR_BAR,
        description: `Map of ${lineText(line)} of ${title}.`,
      }),
  }));
}

const CSS_PER_MM = 96 / 25.4;

/** The figure laid out for a width on paper; what needs more room is laid out larger and shrinks with its text. */
export function figureAt(choice: FigureChoice, widthMm: number): { readonly svg: string; readonly textPt: number } {
  const paper = widthMm * CSS_PER_MM;
  const width = Math.max(paper, choice.leastWidth);
  return { svg: choice.draw(Math.round(width)), textPt: (11 * 0.75 * paper) / width };
}

/** The caption as a suggestion: sample, beam, pixel size, counts, method, seed. */
export function captionOf(choice: FigureChoice, image: LoadedImage, { recipe, grid, classes }: AnalysisSnapshot): string {
  const { beamEnergyKev } = image.metadata;
  const parts = [
    `${choice.title} of ${image.title || image.name}`,
    beamEnergyKev === undefined ? "" : `${beamEnergyKev} kV`,
    `${grid.width} × ${grid.height} pixels${grid.pixelSizeUm === undefined ? "" : ` of ${Number(grid.pixelSizeUm[0].toPrecision(3))} µm`}`,
    `${formatCount(image.totalCounts)} counts`,
    classes.length === 0 ? "" : `${classes.length} classes by ${recipe.name ?? "an own recipe"}, seed ${recipe.seed}`,
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}
