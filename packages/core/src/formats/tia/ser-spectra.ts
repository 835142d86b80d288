/** Spectra of a `.ser` file as a spectrum image. */
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { denseCounts, kindOfDense } from "../binary/dense-counts.js";
import { calibrationFindings } from "../findings.js";
import { type EmiObject, type EmiSignal, noEmi } from "./emi-objects.js";
import type { SerDimension, SerElement, SerHeader } from "./ser-header.js";

const EV_TO_KEV = 1e-3;
/** A step of a millimetre and more stands in files whose positions are not calibrated (a list of points has a step of 1 m). */
const LARGEST_STEP_M = 1e-3;

/** The spectra, with what the `.emi` says about them where there is one. */
export async function spectraOfSer(
  source: ByteSource,
  header: SerHeader,
  element: SerElement,
  object: EmiObject | undefined,
  signal?: AbortSignal,
): Promise<SpectrumImage> {
  const navigationAxes = axesOf(header);
  const { dataOffsets } = header;
  const layout = {
    source,
    navigationShape: navigationAxes.map((axis) => axis.size),
    channels: element.sizes[0]!,
    type: element.type,
    littleEndian: true,
    offsetOf: (pixel: number) => (pixel < dataOffsets.length ? dataOffsets[pixel]! + element.headerBytes : undefined),
  };
  const kind = await kindOfDense(layout, signal);
  const title = source.name.replace(/\.ser$/i, "");
  const energy = energyAxis(element);
  const metadata = { ...(object?.metadata ?? noEmi), title };
  return {
    title,
    counts: denseCounts({ ...layout, kind }),
    navigationAxes,
    energyAxis: energy,
    images: [],
    metadata,
    originalMetadata: { ser: { ...header, dataOffsets: undefined, element }, emi: object?.original ?? null },
    loadReport: {
      findings: [
        ...calibrationFindings(navigationAxes, energy, metadata.beamEnergyKev),
        ...findings(header, navigationAxes, object?.signal, object === undefined),
      ],
    },
  };
}

function energyAxis({ sizes, calibrations }: SerElement): Axis {
  const { offset, delta, element } = calibrations[0]!;
  const known = Number.isFinite(offset) && Number.isFinite(delta) && delta !== 0;
  return {
    name: "energy",
    size: sizes[0]!,
    offset: known ? (offset - element * delta) * EV_TO_KEV : undefined,
    scale: known ? delta * EV_TO_KEV : undefined,
    units: known ? "keV" : undefined,
  };
}

/** Slowest first. A series that stopped early is as long as what was recorded; a single spectrum has no axis. */
function axesOf({ dimensions, total, valid }: SerHeader): Axis[] {
  if (dimensions.length === 0) return valid === 1 ? [] : [unknownAxis(valid)];
  if (dimensions.length > 1) return dimensions.map((dimension, i) => axisOf(dimension, i, 0.5)).reverse();
  const size = valid < total ? valid : total;
  return size === 1 ? [] : [{ ...axisOf(dimensions[0]!, 0, 0), size }];
}

function unknownAxis(size: number): Axis {
  return { name: "index", size, offset: undefined, scale: undefined, units: undefined };
}

/** `middle`: pixels from the calibrated point to the middle of the pixel; maps are calibrated at the edges of their pixels. */
function axisOf(dimension: SerDimension, i: number, middle: number): Axis {
  const spatial = /^met(er|re)s?$/i.test(dimension.units);
  const known =
    dimension.delta !== 0 &&
    Number.isFinite(dimension.delta) &&
    Number.isFinite(dimension.offset) &&
    !(spatial && Math.abs(dimension.delta) >= LARGEST_STEP_M);
  const factor = spatial ? 1e6 : 1;
  const time = /^s(ec(onds?)?)?$/i.test(dimension.units);
  return {
    name: spatial ? (["x", "y", "z"][i] ?? `axis-${i}`) : time ? "time" : "index",
    size: dimension.size,
    offset: known ? (dimension.offset + (middle - dimension.element) * dimension.delta) * factor : undefined,
    scale: known ? dimension.delta * factor : undefined,
    units: spatial ? "um" : time ? "s" : undefined,
  };
}

function findings(header: SerHeader, axes: readonly Axis[], signal: EmiSignal | undefined, alone: boolean): Finding[] {
  const found: Finding[] = [];
  if (header.valid < header.total) {
    const shown = pixelCount(axes.map((axis) => axis.size));
    const filled = shown > header.valid ? "; the others are read as empty pixels" : "";
    found.push({
      severity: "warning",
      code: "incomplete-acquisition",
      message: `The acquisition stopped early: ${header.valid} of ${header.total} spectra were recorded${filled}.`,
    });
  }
  if (signal === "other") {
    found.push({
      severity: "warning",
      code: "not-x-ray",
      message:
        "The .emi file says that these spectra come from a camera (as for electron energy loss), not from an X-ray detector.",
    });
  }
  if (alone) {
    found.push({
      severity: "warning",
      code: "no-metadata-file",
      message: "No metadata were found: the .emi file is missing, or says nothing about this .ser file.",
    });
  }
  return found;
}
