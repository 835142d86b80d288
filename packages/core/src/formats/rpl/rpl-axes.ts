/** Axes of an .rpl file in this program's units: micrometres and keV. */
import type { Axis } from "../../spectrum-image/axis.js";
import { type RplParameters, rplNumber, rplText } from "./rpl-parameters.js";

const micrometresPer = new Map([
  ["um", 1],
  ["µm", 1],
  ["μm", 1],
  ["micron", 1],
  ["microns", 1],
  ["nm", 1e-3],
  ["å", 1e-4],
  ["pm", 1e-6],
  ["mm", 1e3],
  ["cm", 1e4],
  ["m", 1e6],
  ["km", 1e9],
]);

/** Micrometres in one of a unit of length, whatever its case; `undefined` for words that are none. */
export function micrometresPerUnit(unit: string): number | undefined {
  return micrometresPer.get(unit.toLowerCase());
}

/** Offset and scale of `key` ("width" or "height"); units of length become `um`, others stay as they are. */
export function lengthAxis(parameters: RplParameters, name: string, key: "width" | "height"): Axis {
  const units = rplText(parameters, `${key}-units`);
  const factor = micrometresPerUnit(units ?? "");
  return axisOf(parameters, name, key, factor === undefined ? units : "um", factor ?? 1, rplNumber(parameters, `${key}-scale`));
}

/**
 * The energy axis in keV. HyperSpy states `depth-scale`, `depth-origin` and `depth-units`; the original format only `ev-per-chan`, which has
 * no offset. HyperSpy rounds `ev-per-chan` to whole eV, so it is only taken where there is no `depth-scale`, or to tell its units.
 */
export function rplEnergyAxis(parameters: RplParameters): Axis {
  const scale = rplNumber(parameters, "depth-scale");
  const evPerChannel = rplNumber(parameters, "ev-per-chan");
  if (scale === undefined && evPerChannel !== undefined && evPerChannel > 0) {
    return axisOf(parameters, "energy", "depth", "keV", 1e-3, evPerChannel);
  }
  const units = rplText(parameters, "depth-units");
  const isEv = units === undefined && scale !== undefined && scale >= 1 && Math.abs((evPerChannel ?? 0) - scale) <= 0.5;
  if (isEv || units?.toLowerCase() === "ev") return axisOf(parameters, "energy", "depth", "keV", 1e-3, scale);
  return axisOf(parameters, "energy", "depth", units?.toLowerCase() === "kev" ? "keV" : units, 1, scale);
}

/** True where the width of a channel is known in whole eV only: programs round it there. */
export function isEnergyRounded(parameters: RplParameters): boolean {
  return rplNumber(parameters, "depth-scale") === undefined && Number.isInteger(rplNumber(parameters, "ev-per-chan"));
}

function axisOf(
  parameters: RplParameters,
  name: string,
  key: "width" | "height" | "depth",
  units: string | undefined,
  factor: number,
  scale: number | undefined,
): Axis {
  const offset = rplNumber(parameters, `${key}-origin`);
  return {
    name,
    size: parameters[key],
    offset: offset === undefined ? undefined : converted(offset, factor),
    scale: scale === undefined ? undefined : converted(scale, factor),
    units,
  };
}

/** Divides by a power of ten rather than multiplying by its inexact inverse, so that 10 eV is exactly 0.01 keV. */
function converted(value: number, factor: number): number {
  return factor < 1 ? value / Math.round(1 / factor) : value * factor;
}
