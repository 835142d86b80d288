/** Grains as a table: sorted, those at the edge left out unless asked for. */
import { formatCount, formatFixed, type Grain, type GrainStatistics } from "@sigma-eds/core";

export interface ParticleColumn {
  readonly id: string;
  readonly title: string;
  /** Unit, with that of the map put in for "unit". */
  readonly unit: (unit: string) => string;
  value(grain: Grain): number;
  /** The value as it is written in the column. */
  words(value: number): string;
  /** The axis of a histogram is logarithmic by itself where the largest value is more than so many times the smallest. */
  readonly logAbove: number;
}

/** Two decades of an area, which are one of a length. */
const [LOG_AREA, LOG_LENGTH] = [100, 10];

/** Three significant digits, zeros at the end among them, so that numbers of one size have one length. */
export function threeDigits(value: number): string {
  const exponent = value > 0 ? Math.floor(Math.log10(value)) : 0;
  return formatFixed(value, Math.min(4, Math.max(0, 2 - exponent)));
}

const twoDecimals = (value: number): string => formatFixed(value, 2);

export const particleColumns: readonly ParticleColumn[] = [
  { id: "area", title: "Area", unit: (unit) => `${unit}²`, value: ({ area }) => area, words: threeDigits, logAbove: LOG_AREA },
  {
    id: "equivalentDiameter",
    title: "Diameter",
    unit: (unit) => unit,
    value: ({ equivalentDiameter }) => equivalentDiameter,
    words: threeDigits,
    logAbove: LOG_LENGTH,
  },
  {
    id: "majorAxis",
    title: "Long axis",
    unit: (unit) => unit,
    value: ({ majorAxis }) => majorAxis,
    words: threeDigits,
    logAbove: LOG_LENGTH,
  },
  {
    id: "aspect",
    title: "Aspect",
    unit: () => "",
    value: ({ majorAxis, minorAxis }) => (minorAxis > 0 ? majorAxis / minorAxis : Number.NaN),
    words: twoDecimals,
    logAbove: LOG_AREA,
  },
  {
    id: "circularity",
    title: "Circularity",
    unit: () => "",
    value: ({ circularity }) => circularity ?? Number.NaN,
    words: twoDecimals,
    logAbove: LOG_AREA,
  },
  { id: "pixels", title: "Pixels", unit: () => "px", value: ({ pixels }) => pixels, words: formatCount, logAbove: LOG_AREA },
];

export interface ParticleSpec {
  readonly sort: string;
  readonly rising: boolean;
  /** Grains that touch the edge of the map are cut, so they look smaller than they are. */
  readonly withEdge: boolean;
  readonly leastPixels: number;
  /** Of the histogram; `auto`: logarithmic where the values span orders of magnitude. */
  readonly axis: (typeof particleAxes)[number];
}

export const particleAxes = ["auto", "linear", "log"] as const;

export const defaultParticleSpec: ParticleSpec = { sort: "area", rising: false, withEdge: false, leastPixels: 4, axis: "auto" };

export function parseParticleSpec(saved: unknown): ParticleSpec {
  const { sort, rising, withEdge, leastPixels, axis } = (typeof saved === "object" && saved !== null ? saved : {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    sort: particleColumns.some(({ id }) => id === sort) ? (sort as string) : defaultParticleSpec.sort,
    rising: rising === true,
    withEdge: withEdge === true,
    leastPixels: typeof leastPixels === "number" && leastPixels >= 1 ? Math.floor(leastPixels) : defaultParticleSpec.leastPixels,
    axis: particleAxes.find((one) => one === axis) ?? defaultParticleSpec.axis,
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
