/** What a class is made of, from its own counts: pixels, area, lines above background, and a provisional name. */

import { netSum } from "../algorithms/preprocess/line-background.js";
import { type LineWindow, windowsOfLines } from "../algorithms/preprocess/line-windows.js";
import { total } from "../kernels/linear-algebra/vectors.js";
import { isEnergyCalibrated, pixelAreaUm2 } from "../spectrum-image/axis.js";
import { pixelCount } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { ClassLine, PhaseClass } from "./analysis.js";
import { type MapTotals, mapLines } from "./map-measure.js";
import { overlappingLine } from "./overlapped-lines.js";

/** A line stands out when its share is this much above the map's ... */
const OUTSTANDING_RATIO = 1.2;
/** ... with this many standard errors. */
const OUTSTANDING_SIGMA = 5;
const NAMED_ELEMENTS = 3;

export interface ClassCounts {
  readonly id: number;
  readonly colour: string;
  /** As a person named it, or as it was named before it was edited. Left out: after its lines. */
  readonly name?: string | undefined;
  readonly pixels: number;
  /** Float64 [channels], summed over the pixels of the class. */
  readonly spectrum: Float64Array;
}

/**
 * Describes each class against the sum spectrum of the whole map. Names are unique: a second "Ca-P" is called "Ca-P 2".
 * `mapVariance` (float64 [channels]) is needed for intensities of element maps alone.
 */
export function summariseClasses(
  image: SpectrumImage,
  sum: Float64Array,
  lines: readonly string[],
  classes: readonly ClassCounts[],
  resolutionEv: number,
  mapVariance?: Float64Array,
): PhaseClass[] {
  const pixelsOfMap = pixelCount(image.counts.navigationShape);
  const area = pixelAreaUm2(image.navigationAxes);
  const measure = measureOf(image, sum, lines, resolutionEv, mapVariance);
  const used = new Set(classes.flatMap(({ name }) => name ?? []));
  return classes.map(({ id, name, colour, pixels, spectrum }) => {
    const counts = total(spectrum);
    const dominantLines = measure(spectrum, pixels);
    return {
      id,
      name: name ?? unusedName(provisionalName(dominantLines), used),
      colour,
      pixels,
      areaFraction: pixels / pixelsOfMap,
      areaUm2: area === undefined ? undefined : pixels * area,
      counts,
      countsPerPixel: pixels === 0 ? 0 : counts / pixels,
      dominantLines,
    };
  });
}

/** Gives the name of a class after its lines, from the sum spectrum of its pixels; several classes may get the same. Arguments as of {@link summariseClasses}. */
export function classNamer(
  image: SpectrumImage,
  sum: Float64Array,
  lines: readonly string[],
  resolutionEv: number,
  mapVariance?: Float64Array,
): (spectrum: Float64Array, pixels: number) => string {
  const measure = measureOf(image, sum, lines, resolutionEv, mapVariance);
  return (spectrum, pixels) => provisionalName(measure(spectrum, pixels));
}

function measureOf(
  image: SpectrumImage,
  sum: Float64Array,
  lines: readonly string[],
  resolutionEv: number,
  mapVariance: Float64Array = new Float64Array(sum.length),
): LineMeasure {
  if (image.channelLines === undefined) return lineMeasure(image, sum, lines, resolutionEv);
  return mapMeasure(image, { sum, variance: mapVariance, pixels: pixelCount(image.counts.navigationShape) });
}

function mapMeasure(image: SpectrumImage, totals: MapTotals): LineMeasure {
  return (spectrum, pixels) => mapLines(image, totals, spectrum, pixels).sort(byProminence);
}

type LineMeasure = (spectrum: Float64Array, pixels: number) => ClassLine[];

function lineMeasure(image: SpectrumImage, sum: Float64Array, lines: readonly string[], resolutionEv: number): LineMeasure {
  const axis = image.energyAxis;
  if (lines.length === 0 || !isEnergyCalibrated(axis)) return () => [];
  const { windows } = windowsOfLines(image, lines, { resolutionEv });
  const sums = windows.flatMap((window) => {
    const weights = netSum(window, othersOf(window, windows), axis) ?? netSum(window, [], axis);
    return weights === undefined ? [] : [{ line: window.line, ...weights }];
  });
  const totalOfMap = total(sum);
  const ofMap = sums.map(({ channels, weights }) => shareOfMap(weighted(sum, channels, weights), totalOfMap));
  return (spectrum, pixels) => {
    const counts = total(spectrum);
    if (counts === 0 || pixels === 0) return [];
    const measured = sums.map(({ line, channels, weights }, i) => {
      const { net, variance } = weighted(spectrum, channels, weights);
      const expected = ofMap[i]! * counts;
      const error = Math.sqrt(Math.max(variance, 1));
      return {
        line,
        netPerPixel: net / pixels,
        ratioToMean: Math.max(0, net / expected),
        sigma: (net - expected) / error,
      };
    });
    const standing = measured.filter(stands);
    const { beamEnergyKev } = image.metadata;
    return measured
      .map((line) => {
        const mayBe = stands(line) ? overlappingLine(line, standing, resolutionEv, beamEnergyKev) : undefined;
        return mayBe === undefined ? line : { ...line, mayBe };
      })
      .sort(byProminence);
  };
}

/** Share of a line in the map's counts; where it drowns in the background, the share that just would not: ratios to it are then lower bounds. */
function shareOfMap({ net, variance }: { net: number; variance: number }, totalOfMap: number): number {
  return Math.max(net, Math.sqrt(Math.max(variance, 1))) / totalOfMap;
}

/** Outstanding lines first, by how far they stand out, those that another element may have made after the others; then the rest by intensity. Ties by name. */
function byProminence(a: ClassLine, b: ClassLine): number {
  const [first, second] = [stands(a), stands(b)];
  if (first !== second) return first ? -1 : 1;
  if ((a.mayBe === undefined) !== (b.mayBe === undefined)) return a.mayBe === undefined ? -1 : 1;
  const difference = first ? b.sigma * b.ratioToMean - a.sigma * a.ratioToMean : b.netPerPixel - a.netPerPixel;
  return difference !== 0 ? difference : a.line < b.line ? -1 : 1;
}

function stands({ ratioToMean, sigma }: ClassLine): boolean {
  return ratioToMean >= OUTSTANDING_RATIO && sigma >= OUTSTANDING_SIGMA;
}

function provisionalName(lines: readonly ClassLine[]): string {
  const outstanding = lines.filter((line) => stands(line) && line.mayBe === undefined);
  const chosen = outstanding.length > 0 ? outstanding : lines.filter(({ netPerPixel }) => netPerPixel > 0);
  const elements = [...new Set(chosen.map(({ line }) => line.split("_")[0]!))].slice(0, NAMED_ELEMENTS);
  return elements.length === 0 ? NAMELESS : elements.join("-");
}

const NAMELESS = "Class";

/** The name, with a number where it is used already; what is given is used from then on. */
export function unusedName(name: string, used: Set<string>): string {
  let free = name;
  for (let number = name === NAMELESS ? 1 : 2; free === NAMELESS || used.has(free); number++) free = `${name} ${number}`;
  used.add(free);
  return free;
}

function othersOf(window: LineWindow, windows: readonly LineWindow[]): LineWindow[] {
  return windows.filter((other) => other !== window);
}

function weighted(
  spectrum: Float64Array,
  channels: readonly number[],
  weights: readonly number[],
): { net: number; variance: number } {
  let net = 0;
  let variance = 0;
  channels.forEach((channel, i) => {
    net += weights[i]! * spectrum[channel]!;
    variance += weights[i]! * weights[i]! * spectrum[channel]!;
  });
  return { net, variance };
}
