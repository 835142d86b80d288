/** Joins what a .rpl file states with what the texts beside it state: the .rpl goes first, then the texts in their order; where two differ, a finding says so. */
import type { Axis } from "../../spectrum-image/axis.js";
import type { Finding, Metadata } from "../../spectrum-image/spectrum-image.js";
import type { Sidecar } from "./rpl-sidecars.js";

/** Relative difference up to which two statements are one: programs round. */
const ROUNDING = 0.005;

export interface Described {
  /** y and x, those of one pixel included. */
  readonly y: Axis;
  readonly x: Axis;
  readonly energyAxis: Axis;
  /** The width of a channel is given in whole eV; a text that gives it finer goes before. */
  readonly isEnergyRounded: boolean;
  readonly metadata: Metadata;
}

export interface Joined extends Omit<Described, "isEnergyRounded"> {
  readonly findings: readonly Finding[];
}

interface Statement {
  readonly value: number;
  readonly from: string;
}

/** The description with what it lacks from the sidecars, and a warning for each conflict. */
export function withSidecars(described: Described, rplName: string, sidecars: readonly Sidecar[]): Joined {
  const findings: Finding[] = [];
  const fitting = sidecars.filter((sidecar) => fits(sidecar, described, findings));
  const energyAxis = energyOf(described, rplName, fitting, findings);
  checkRange(energyAxis, fitting, findings);
  const x = lengthOf(described.x, "width", rplName, fitting, findings);
  const y = lengthOf(described.y, "height", rplName, fitting, findings);
  const metadata = metadataOf(described.metadata, rplName, fitting, findings);
  if (fitting.length > 0) {
    const names = fitting.map(({ fileName }) => fileName).join(" and ");
    findings.push({
      severity: "info",
      code: "sidecar-read",
      message: `What the .rpl file does not state was taken from ${names} beside it.`,
    });
  }
  return { x, y, energyAxis, metadata, findings };
}

/** False, with a finding, for a text about a map of other channels or pixels. */
function fits({ fileName, channels, field }: Sidecar, { x, y, energyAxis }: Described, findings: Finding[]): boolean {
  const differing = [
    ["channels", channels, energyAxis.size],
    ["pixels per row", field?.pixelsWide, x.size],
    ["rows", field?.pixelsHigh, y.size],
  ].filter(([, stated, here]) => stated !== undefined && stated !== here);
  for (const [what, stated, here] of differing) {
    findings.push(conflict(`${fileName} is about ${stated} ${what}, and the map has ${here}: nothing was taken from it.`));
  }
  return differing.length === 0;
}

function energyOf(
  { energyAxis: axis, isEnergyRounded }: Described,
  rplName: string,
  sidecars: readonly Sidecar[],
  findings: Finding[],
): Axis {
  // Units that are no energy are the file's own business.
  if (axis.units !== undefined && axis.units !== "keV") return axis;
  // A scale without units says nothing, and then an offset does not either.
  const own = (value: number | undefined) => (axis.units === "keV" || axis.scale === undefined ? value : undefined);
  const stated = statements(rplName, own(axis.scale), sidecars, ({ energy }) => energy?.scaleKev);
  const isFiner = (finer: number) => Math.round(finer * 1000) === Math.round((axis.scale ?? 0) * 1000);
  const rounded = isEnergyRounded && stated.some(({ value, from }) => from !== rplName && isFiner(value));
  const scale = agreed("keV per channel", rounded ? stated.filter(({ from }) => from !== rplName) : stated, findings);
  const offset = agreed(
    "energy of the first channel in keV",
    statements(rplName, own(axis.offset), sidecars, ({ energy }) => energy?.offsetKev),
    findings,
    // Of a value near zero, a share means nothing: a tenth of a channel does.
    (scale ?? 0) / 10,
  );
  const known = scale !== undefined && sidecars.some(({ energy }) => energy !== undefined);
  return known ? { ...axis, scale, offset, units: "keV" } : axis;
}

/** The range that the operator chose is round: it only shows that the calibration cannot be far off. */
function checkRange({ size, scale, units }: Axis, sidecars: readonly Sidecar[], findings: Finding[]): void {
  if (scale === undefined || units !== "keV") return;
  for (const { fileName, energyRangeKev } of sidecars) {
    if (energyRangeKev === undefined || Math.abs((size * scale) / energyRangeKev - 1) <= 0.1) continue;
    const range = (size * scale).toPrecision(4);
    findings.push(conflict(`${fileName} states a range of ${energyRangeKev} keV, and ${size} channels cover ${range} keV.`));
  }
}

function lengthOf(
  axis: Axis,
  side: "width" | "height",
  rplName: string,
  sidecars: readonly Sidecar[],
  findings: Finding[],
): Axis {
  if (axis.units !== undefined && axis.units !== "um") return axis;
  const own = axis.units === "um" ? axis.scale : undefined;
  const scale = agreed(
    `micrometres per pixel (${side})`,
    statements(rplName, own === undefined ? undefined : Math.abs(own), sidecars, ({ field }) => {
      const lengthUm = side === "width" ? field?.widthUm : field?.heightUm;
      return lengthUm === undefined ? undefined : lengthUm / axis.size;
    }),
    findings,
  );
  return own !== undefined || scale === undefined ? axis : { ...axis, scale, offset: axis.offset ?? 0, units: "um" };
}

function metadataOf(base: Metadata, rplName: string, sidecars: readonly Sidecar[], findings: Finding[]): Metadata {
  const stated = (what: string, of: (metadata: Metadata) => number | undefined) =>
    agreed(
      what,
      statements(rplName, of(base), sidecars, ({ metadata }) => of(metadata)),
      findings,
    );
  const others = sidecars.map(({ metadata }) => metadata);
  return {
    ...base,
    beamEnergyKev: stated("beam energy in keV", ({ beamEnergyKev }) => beamEnergyKev),
    beamCurrentNa: stated("beam current in nA", ({ beamCurrentNa }) => beamCurrentNa),
    magnification: stated("magnification", ({ magnification }) => magnification),
    detector: {
      type: first([base, ...others].map(({ detector }) => detector.type)),
      resolutionEv: base.detector.resolutionEv,
      elevationAngleDeg: stated("elevation of the detector in degrees", ({ detector }) => detector.elevationAngleDeg),
      azimuthAngleDeg: stated("azimuth of the detector in degrees", ({ detector }) => detector.azimuthAngleDeg),
      liveTimeS: stated("live time in s", ({ detector }) => detector.liveTimeS),
      realTimeS: stated("real time in s", ({ detector }) => detector.realTimeS),
    },
    elements: [base, ...others].find(({ elements }) => elements.length > 0)?.elements ?? [],
    acquiredAt: first([base, ...others].map(({ acquiredAt }) => acquiredAt)),
  };
}

function statements(
  rplName: string,
  own: number | undefined,
  sidecars: readonly Sidecar[],
  of: (sidecar: Sidecar) => number | undefined,
): Statement[] {
  const all = [{ value: own, from: rplName }, ...sidecars.map((sidecar) => ({ value: of(sidecar), from: sidecar.fileName }))];
  return all.filter((statement): statement is Statement => statement.value !== undefined);
}

/** The first statement; a finding for each that differs from it by more than rounding. */
function agreed(what: string, all: readonly Statement[], findings: Finding[], tolerance = 0): number | undefined {
  const [chosen, ...others] = all;
  if (chosen === undefined) return undefined;
  for (const { value, from } of others) {
    if (Math.abs(value - chosen.value) <= Math.max(tolerance, ROUNDING * Math.abs(chosen.value))) continue;
    findings.push(conflict(`The ${what}: ${chosen.from} states ${chosen.value}, ${from} states ${value}; the former was taken.`));
  }
  return chosen.value;
}

function first(values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined);
}

function conflict(message: string): Finding {
  return { severity: "warning", code: "sidecar-conflict", message };
}
