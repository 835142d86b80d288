import { DataCheckError } from "../../errors.js";
import { type CalibratedEnergyAxis, channelOfEnergy, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import type { ChannelWindow } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { fwhmKev } from "../../xray/detector.js";
import { edgesOf } from "../../xray/edges.js";
import { lineNamed } from "../../xray/line-names.js";
import type { XrayLine } from "../../xray/lines.js";

/** Resolution that is taken where the file states none: a usual silicon drift detector, eV at Mn Ka. */
export const USUAL_RESOLUTION_EV = 130;

/**
 * Where a line that joins several (Ka is Ka1 with Ka2) is centred. `mean`: the mean of its members by their intensities, where the peak lies that a detector shows.
 * `strongest`: its strongest member, as HyperSpy and SIGMA take it; 4 eV higher for Fe Ka, 9 eV for Au La.
 */
export type LineCentre = "mean" | "strongest";

export interface WindowOptions {
  /** Full width at half maximum at Mn Ka. */
  readonly resolutionEv: number;
  /** Default `mean`. */
  readonly centre?: LineCentre | undefined;
}

/** Where a line is counted: the window is the interval from E - FWHM to E + FWHM, its ends rounded to channels, the last one excluded. */
export interface LineWindow {
  /** `Fe_Ka` */
  readonly line: string;
  readonly energyKev: number;
  readonly fwhmKev: number;
  /** As computed, before rounding to channels. */
  readonly fromKev: number;
  readonly toKev: number;
  readonly channels: ChannelWindow;
}

/** The energy axis of an image, or a {@link DataCheckError} that says that it has no calibration. */
export function requireEnergyAxis(image: Pick<SpectrumImage, "title" | "energyAxis">): CalibratedEnergyAxis {
  if (isEnergyCalibrated(image.energyAxis)) return image.energyAxis;
  throw new DataCheckError("The energy axis has no calibration, so X-ray lines cannot be placed on it.", {
    where: image.title,
    field: "energyAxis",
    remedy: "Give offset and scale of the energy axis in keV in the calibrate step.",
  });
}

/**
 * Windows of the named lines (any spelling that `lineNamed` knows; repeated names count once), in the order given. Lines that the axis does not reach or that
 * the beam cannot excite are left out together with their name, and a finding says so. Throws `ParameterError` for a name of no line.
 */
export function windowsOfLines(
  image: SpectrumImage,
  names: readonly string[],
  options: WindowOptions,
): { windows: readonly LineWindow[]; findings: readonly Finding[] } {
  const axis = requireEnergyAxis(image);
  const windows: LineWindow[] = [];
  const findings: Finding[] = [];
  for (const line of new Map(names.map((name) => lineNamed(name)).map((line) => [line.name, line])).values()) {
    const reason = reasonToLeaveOut(line, axis, image.metadata.beamEnergyKev);
    if (reason === undefined) windows.push(windowOf(line, axis, options));
    else {
      findings.push({
        severity: "warning",
        code: "line-left-out",
        message: `The line ${line.name} (${line.energyKev.toFixed(3)} keV) is left out: ${reason}.`,
      });
    }
  }
  return { windows, findings };
}

/** The window of one line on an axis; parts beyond the axis hold no channels. */
export function windowOf(
  line: XrayLine,
  axis: CalibratedEnergyAxis,
  { resolutionEv, centre = "mean" }: WindowOptions,
): LineWindow {
  const energyKev = centre === "mean" ? line.energyKev : strongestMemberKev(line);
  const width = fwhmKev(energyKev, resolutionEv);
  const fromKev = energyKev - width;
  const toKev = energyKev + width;
  return { line: line.name, energyKev, fwhmKev: width, fromKev, toKev, channels: channelsBetween(axis, fromKev, toKev) };
}

/** Lines of two members: the levels whose distance is that of the members, and the share of the weaker (Scofield 1974, doi:10.1016/S0092-640X(74)80019-7). */
const doublets = {
  Ka: { upper: "L2", lower: "L3", weakerShare: 0.338 },
  La: { upper: "M4", lower: "M5", weakerShare: 0.102 },
} as const;

/** Energy of the strongest member: Ka1 of Ka, La1 of La; lines of one member as they are. */
function strongestMemberKev({ name, element, energyKev }: XrayLine): number {
  const kind = name.slice(element.length + 1);
  if (kind !== "Ka" && kind !== "La") return energyKev;
  const { upper, lower, weakerShare } = doublets[kind];
  const edges = edgesOf(element);
  const from = edges.find((edge) => edge.level === upper);
  const to = edges.find((edge) => edge.level === lower);
  return from === undefined || to === undefined ? energyKev : energyKev + weakerShare * (from.energyKev - to.energyKev);
}

/** Channels from the one nearest to `fromKev` up to, and without, the one nearest to `toKev`, as far as the axis reaches. */
export function channelsBetween(axis: CalibratedEnergyAxis, fromKev: number, toKev: number): ChannelWindow {
  const clip = (channel: number) => Math.min(axis.size, Math.max(0, Math.round(channel)));
  return { start: clip(channelOfEnergy(axis, fromKev)), end: clip(channelOfEnergy(axis, toKev)) };
}

function reasonToLeaveOut(line: XrayLine, axis: CalibratedEnergyAxis, beamEnergyKev: number | undefined): string | undefined {
  const last = axis.offset + (axis.size - 1) * axis.scale;
  if (line.energyKev <= axis.offset) return `the energy axis begins at ${axis.offset.toFixed(3)} keV`;
  if (line.energyKev >= last) return `the energy axis ends at ${last.toFixed(3)} keV`;
  if (beamEnergyKev !== undefined && line.energyKev >= beamEnergyKev) return `the beam has ${beamEnergyKev} keV`;
  return undefined;
}
