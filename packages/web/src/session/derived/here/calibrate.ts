import {
  channelOfEnergy,
  countOf,
  formatCount,
  formatNumber,
  formatPercent,
  isEnergyCalibrated,
  lineWithName,
  withUnit,
} from "@sigma-eds/core";
import { type Basis, sumOf, USUAL_RESOLUTION_EV } from "./basis.js";
import type { Ground } from "./ground.js";
import type { EntryOf, Tellers } from "./teller.js";
import { axisWords, belowWords, energyWords, lengthWords, peakWords, someOf } from "./words.js";

type Calibrate = EntryOf<"calibrate">;

export const calibrate: Tellers<Calibrate> = {
  energyOffsetKev(value, { basis: { energyAxis: axis } }) {
    if (axis.offset === undefined)
      return value === undefined ? "The file gives channel 0 no energy." : "The file gives channel 0 none.";
    if (value === undefined) return `The file puts channel 0 at ${energyWords(axis.offset)}.`;
    const moved = value - axis.offset;
    const channels = axis.scale === undefined ? "" : `, ${formatNumber(moved / axis.scale)} channels`;
    return `Moves the energies by ${energyWords(moved)}${channels}, against the file.`;
  },
  energyScaleKev(value, { basis: { energyAxis: axis }, entry }) {
    const stated = axis.scale === undefined ? "The file states none" : `The file says ${energyWords(axis.scale)}`;
    if (value === undefined) return `${stated}: ${axisWords(axis)}.`;
    const wanted = { ...axis, offset: entry.energyOffsetKev ?? axis.offset ?? 0, scale: value, units: "keV" };
    return `${stated}. With this: ${axisWords(wanted)}.`;
  },
  peaks(value, { basis: { energyAxis: axis } }) {
    if (value.length === 0) return `None is given: the axis stays as it is, ${axisWords(axis)}.`;
    const moves = value.map(
      ({ line, measuredKev, energyKev }) => (energyKev ?? lineWithName(line)?.energyKev ?? measuredKev) - measuredKev,
    );
    const farthest = Math.max(...moves.map(Math.abs));
    if (value.length === 1) return `Moves the whole axis by ${energyWords(moves[0]!)}.`;
    return `${countOf(value.length, "peak")}; the one farthest off lies ${energyWords(farthest)} from its line on the axis of the file.`;
  },
  automatic(value, ground) {
    const { basis } = ground;
    if (value === "off") return `The energies of the file stay: ${axisWords(basis.energyAxis)}.`;
    const counts = `The sum spectrum has ${formatCount(sumOf(basis.spectrum, 0, basis.spectrum.length))} counts to find peaks in.`;
    return recognised(ground) ?? counts;
  },
  lines(value, { basis }) {
    const {
      energyAxis,
      metadata: { elements },
    } = basis;
    if (value.length === 0) {
      return elements.length > 0
        ? `Empty: lines of ${someOf(elements)}, which the file names.`
        : "Empty, and the file names no elements: lines of 20 usual ones.";
    }
    const energies = value.flatMap((name) => lineWithName(name)?.energyKev ?? []);
    const span =
      energies.length < 2 ? "" : `, from ${formatNumber(Math.min(...energies))} to ${withUnit(Math.max(...energies), "keV")}`;
    return `${countOf(value.length, "line")}${span}, on an axis of ${axisWords(energyAxis)}.`;
  },
  zeroPeak(value, { basis }) {
    return `Below 0.1 keV lie ${belowWords(0.1, basis)}${value ? "; a peak among them marks 0 keV" : "; none of them is used"}.`;
  },
  toleranceKev(value, { basis }) {
    const { energyAxis } = basis;
    const channels = isEnergyCalibrated(energyAxis)
      ? `${formatNumber(value / energyAxis.scale)} channels to either side`
      : "To either side";
    return `${channels}; a peak at 6 keV is ${peakWords(6, basis)} wide.`;
  },
  pixelSizeUm(value, { basis: { grid } }) {
    const [size] = grid.pixelSizeUm ?? [];
    const stated = size === undefined ? "The file states none" : `The file says ${lengthWords(size)}`;
    const width = value ?? size;
    return width === undefined
      ? `${stated}: areas are told in pixels.`
      : `${stated}. The map is ${lengthWords(width * grid.width)} wide.`;
  },
  beamEnergyKev(value, { basis }) {
    const stated =
      basis.beamEnergyKev === undefined ? "The file states none" : `The file says ${withUnit(basis.beamEnergyKev, "keV")}`;
    const used = value ?? basis.beamEnergyKev;
    return used === undefined ? `${stated}: no line is left out for it.` : `${stated}. ${aboveBeam(used, basis)}`;
  },
  resolutionEv(value, { basis }) {
    const used = value ?? basis.resolutionEv;
    const usual = value === undefined && used === USUAL_RESOLUTION_EV ? `${USUAL_RESOLUTION_EV} eV are taken. ` : "";
    return `${usual}At 1 keV a peak is ${peakWords(1, basis, used)} wide, at Mn Kα ${peakWords(5.8987, basis, used)}.`;
  },
};

/** Counts above the energy of the beam, where there can be no X-rays of it. */
function aboveBeam(beamKev: number, { energyAxis, spectrum }: Basis): string {
  if (!isEnergyCalibrated(energyAxis)) return "The axis has no energies to compare it with.";
  const from = Math.min(energyAxis.size, Math.max(0, Math.ceil(channelOfEnergy(energyAxis, beamKev))));
  const share = sumOf(spectrum, from, spectrum.length) / Math.max(1, sumOf(spectrum, 0, spectrum.length));
  if (from === energyAxis.size) return `The axis ends below, with channel ${formatCount(energyAxis.size - 1)}.`;
  return `${countOf(energyAxis.size - from, "channel")} lie above, ${share === 0 ? "without counts" : `with ${formatPercent(share)} of the counts`}.`;
}

function recognised({ result }: Ground<Calibrate>): string | undefined {
  const peaks = result?.calibration?.peaks.filter(({ by }) => by === "spectrum") ?? [];
  if (peaks.length === 0) return undefined;
  const farthest = Math.max(...peaks.map(({ residualKev }) => Math.abs(residualKev)));
  return `${countOf(peaks.length, "line")} were recognised; the farthest now lies ${energyWords(farthest)} from its energy.`;
}
