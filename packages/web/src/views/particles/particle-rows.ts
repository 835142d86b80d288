/** Grains as a table: sorted, those at the edge left out unless asked for. */
import { barHistogramFigure, formatCount, formatFixed, type Grain, type GrainStatistics, histogram } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";

export interface ParticleColumn {
  readonly id: string;
  readonly title: string;
  /** Unit, with that of the map put in for "unit". */
  readonly unit: (unit: string) => string;
  value(grain: Grain): number;
  /** The value as it is written in the column. */
  words(value: number): string;
}

/** Three significant digits, zeros at the end among them, so that numbers of one size have one length. */
export function threeDigits(value: number): string {
  const exponent = value > 0 ? Math.floor(Math.log10(value)) : 0;
  return formatFixed(value, Math.min(4, Math.max(0, 2 - exponent)));
}

const twoDecimals = (value: number): string => formatFixed(value, 2);

export const particleColumns: readonly ParticleColumn[] = [
  { id: "area", title: "Area", unit: (unit) => `${unit}²`, value: ({ area }) => area, words: threeDigits },
  {
    id: "equivalentDiameter",
    title: "Diameter",
    unit: (unit) => unit,
    value: ({ equivalentDiameter }) => equivalentDiameter,
    words: threeDigits,
  },
  { id: "majorAxis", title: "Long axis", unit: (unit) => unit, value: ({ majorAxis }) => majorAxis, words: threeDigits },
  {
    id: "aspect",
    title: "Aspect",
    unit: () => "",
    value: ({ majorAxis, minorAxis }) => (minorAxis > 0 ? majorAxis / minorAxis : Number.NaN),
    words: twoDecimals,
  },
  {
    id: "circularity",
    title: "Circularity",
    unit: () => "",
    value: ({ circularity }) => circularity ?? Number.NaN,
    words: twoDecimals,
  },
  { id: "pixels", title: "Pixels", unit: () => "px", value: ({ pixels }) => pixels, words: formatCount },
];

export interface ParticleSpec {
  readonly sort: string;
  readonly rising: boolean;
  /** Grains that touch the edge of the map are cut, so they look smaller than they are. */
  readonly withEdge: boolean;
  readonly leastPixels: number;
}

export const defaultParticleSpec: ParticleSpec = { sort: "area", rising: false, withEdge: false, leastPixels: 4 };

export function parseParticleSpec(saved: unknown): ParticleSpec {
  const { sort, rising, withEdge, leastPixels } = (typeof saved === "object" && saved !== null ? saved : {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    sort: particleColumns.some(({ id }) => id === sort) ? (sort as string) : defaultParticleSpec.sort,
    rising: rising === true,
    withEdge: withEdge === true,
    leastPixels: typeof leastPixels === "number" && leastPixels >= 1 ? Math.floor(leastPixels) : defaultParticleSpec.leastPixels,
  };
}

/** Ties by id; values that are none come last either way. */
export function particleRows({ grains }: GrainStatistics, spec: ParticleSpec, classId: number | undefined): Grain[] {
  const column = particleColumns.find(({ id }) => id === spec.sort) ?? particleColumns[0]!;
  const sign = spec.rising ? 1 : -1;
  return grains
    .filter(
      (grain) =>
        (classId === undefined || grain.classId === classId) &&
        (spec.withEdge || !grain.touchesEdge) &&
        grain.pixels >= spec.leastPixels,
    )
    .sort((a, b) => {
      const [u, v] = [column.value(a), column.value(b)];
      if (Number.isNaN(u) || Number.isNaN(v)) return Number(Number.isNaN(u)) - Number(Number.isNaN(v)) || a.id - b.id;
      return sign * (u - v) || a.id - b.id;
    });
}

/** Why no grain is in the list, and the settings with which those that are left out come in; `show` is `undefined` where there is none to show. */
export function whyNoGrains(
  { grains }: GrainStatistics,
  spec: ParticleSpec,
  classId: number | undefined,
): { readonly sentence: string; readonly show: ParticleSpec | undefined } {
  const own = grains.filter((grain) => classId === undefined || grain.classId === classId);
  if (own.length === 0) return { sentence: "There are no grains here.", show: undefined };
  const large = own.filter(({ pixels }) => pixels >= spec.leastPixels);
  if (large.length === 0) {
    const sentence = `All grains have fewer than ${spec.leastPixels} pixels and are left out.`;
    return { sentence, show: { ...spec, leastPixels: 1, withEdge: true } };
  }
  const sentence =
    large.length === own.length
      ? "All grains touch the edge of the map and are left out: they are cut."
      : `All grains touch the edge of the map or have fewer than ${spec.leastPixels} pixels, and are left out.`;
  return { sentence, show: { ...spec, withEdge: true } };
}

const COLOUR = "#44484d";

/** How a quantity of the grains is spread, for paper. */
export function grainsFigure(column: ParticleColumn, values: readonly number[], bins: number, unit: string): Figure {
  const { edges, counts } = histogram(values, bins);
  const xName = [column.title, column.unit(unit)].filter((part) => part !== "").join(", ");
  return {
    id: `grains-${column.id}`,
    title: `Histogram: ${column.title.toLowerCase()} of grains`,
    subject: `${column.title} of ${values.length} grains`,
    leastWidth: 240,
    draw: (width) =>
      barHistogramFigure({
        edges: [...edges],
        counts: [...counts],
        ...{ title: "Grains", xName, colour: COLOUR, width, height: Math.round(width / 2) },
        description: `How the ${column.title.toLowerCase()} of ${values.length} grains is spread.`,
      }),
  };
}
