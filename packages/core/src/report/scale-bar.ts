import { formatNumber, THIN_SPACE, withUnit } from "../numbers.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { framesOf } from "./frames.js";

/** A bar of round length. */
export interface ScaleBar {
  /** Length in pixels of the map. */
  readonly mapPixels: number;
  /** What it stands for, for example `50 µm`; `20 pixels` where the map has no scale. */
  readonly text: string;
}

const LARGEST_SHARE = 0.3;

/**
 * The longest bar of 1, 2 or 5 times a power of ten that takes at most 30 % of the map's width (it then takes at least 12 %).
 *
 * @param width of the map, pixels
 * @param pixelSizeUm width of a pixel, micrometres; `undefined` gives whole pixels
 */
export function chooseScaleBar(width: number, pixelSizeUm: number | undefined): ScaleBar {
  if (pixelSizeUm === undefined) {
    const mapPixels = Math.max(1, roundDown(width * LARGEST_SHARE));
    return { mapPixels, text: `${formatNumber(mapPixels)}${THIN_SPACE}${mapPixels === 1 ? "pixel" : "pixels"}` };
  }
  const lengthUm = roundDown(width * pixelSizeUm * LARGEST_SHARE);
  return { mapPixels: lengthUm / pixelSizeUm, text: lengthText(lengthUm) };
}

/** The scale bar of a spectrum image's maps. `width` is that of a map, pixels. */
export function scaleBarOf(image: SpectrumImage, width: number): ScaleBar {
  return chooseScaleBar(width, framesOf(image)[0]?.pixelSizeUm?.[0]);
}

/** A length with the unit in which it is at least 1: nm, µm or mm. */
export function lengthText(lengthUm: number): string {
  const [value, unit] =
    lengthUm < 0.9995 ? [lengthUm * 1000, "nm"] : lengthUm < 999.5 ? [lengthUm, "µm"] : [lengthUm / 1000, "mm"];
  return `${formatNumber(value)}${THIN_SPACE}${unit}`;
}

/** The largest of 1, 2, 5 times a power of ten that is not above `value`. */
function roundDown(value: number): number {
  const decade = Number(`1e${Math.floor(decimalExponent(value))}`);
  const factor = value >= 5 * decade ? 5 : value >= 2 * decade ? 2 : 1;
  return Number(`${factor}e${decimalExponent(value)}`);
}

function decimalExponent(value: number): number {
  return Number(value.toExponential(12).split("e")[1]);
}

/** The size of a pixel, in micrometres as far as microscopists say it so: 0.5 µm, but 13.1 nm. */
export function pixelSizeText(sizeUm: number): string {
  return sizeUm >= 0.1 ? withUnit(sizeUm, "µm") : lengthText(sizeUm);
}
