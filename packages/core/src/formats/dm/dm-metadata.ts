/** What the tags of an image say about microscope and detector, in the words of this program. */
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import { type DmTag, dmNumber, dmText, findDmTag } from "./dm-tags.js";

/** Metadata of an element of `ImageList`. */
export function dmMetadata(image: DmTag, title: string): Metadata {
  const tags = findDmTag(image, "ImageTags");
  const column = findDmTag(tags, "Microscope Info");
  const detector = findDmTag(tags, "EDS", "Detector Info");
  const volts = dmNumber(column, "Voltage");
  return {
    title,
    instrument: instrumentOf(dmText(column, "Illumination Mode")),
    beamEnergyKev: volts !== undefined && volts > 0 ? volts / 1000 : undefined,
    beamCurrentNa: positive(dmNumber(column, "Probe Current (nA)")),
    magnification: positive(dmNumber(column, "Indicated Magnification")),
    detector: {
      type: dmText(detector, "Detector type"),
      elevationAngleDeg: dmNumber(detector, "Elevation angle"),
      azimuthAngleDeg: dmNumber(detector, "Azimuthal angle"),
      liveTimeS: positive(dmNumber(tags, "EDS", "Live time")),
      realTimeS: positive(dmNumber(tags, "EDS", "Real time")),
    },
    stage: stageOf(findDmTag(column, "Stage Position")),
    elements: [],
    acquiredAt: dateOf(dmText(tags, "EDS", "Acquisition", "Date") ?? dmText(tags, "DataBar", "Acquisition Date")),
  };
}

function instrumentOf(mode: string | undefined): Metadata["instrument"] {
  if (mode === undefined) return undefined;
  if (/TEM/i.test(mode)) return "TEM";
  return /SEM/i.test(mode) ? "SEM" : undefined;
}

function stageOf(stage: DmTag | undefined): Metadata["stage"] {
  const read = {
    xUm: dmNumber(stage, "Stage X"),
    yUm: dmNumber(stage, "Stage Y"),
    zUm: dmNumber(stage, "Stage Z"),
    tiltDeg: dmNumber(stage, "Stage Alpha"),
  };
  const known = Object.entries(read).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Written as the computer's region has it. A date is taken where only one reading is possible. */
function dateOf(text: string | undefined): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? "");
  if (iso !== null) return iso[0];
  const [, a, b, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const [first, second] = [Number(a), Number(b)];
  const two = (value: number) => String(value).padStart(2, "0");
  if (first > 12 && second <= 12) return `${year}-${two(second)}-${two(first)}`;
  if (first <= 12 && (second > 12 || first === second)) return `${year}-${two(first)}-${two(second)}`;
  return undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
