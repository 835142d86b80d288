/**
 * The details of a map as AZtec shows them and people paste them into a text beside the raw export (`.par`): one name and one value per line.
 * Names are read whatever their case, blanks and brackets, so that `Resolution (Width)` and `Resolution Width` are one.
 */
import { micrometresPerUnit } from "./rpl-axes.js";

export interface AztecDetails {
  /** Size of the mapped field, micrometres. */
  readonly widthUm: number | undefined;
  readonly heightUm: number | undefined;
  /** Pixels of the map. */
  readonly pixelsWide: number | undefined;
  readonly pixelsHigh: number | undefined;
  readonly channels: number | undefined;
  /** The range that the operator chose, keV: a round number, and no calibration. */
  readonly energyRangeKev: number | undefined;
  readonly beamEnergyKev: number | undefined;
  readonly magnification: number | undefined;
  readonly liveTimeS: number | undefined;
  readonly realTimeS: number | undefined;
  /** Lines whose name is known and whose value is not understood, as they stand. */
  readonly unread: readonly string[];
}

interface Quantity {
  readonly value: number;
  /** As written behind the number, or in brackets in the name. */
  readonly unit: string;
}

const factors = {
  length: (unit: string) => micrometresPerUnit(unit),
  energy: (unit: string) => ({ kev: 1, kv: 1, ev: 1e-3, v: 1e-3 })[unit.toLowerCase()],
  time: (unit: string) =>
    ({ "": 1, s: 1, sec: 1, seconds: 1, min: 60, minutes: 60, h: 3600, hours: 3600, ms: 1e-3 })[unit.toLowerCase()],
  pixels: (unit: string) => ({ "": 1, px: 1, pixel: 1, pixels: 1 })[unit.toLowerCase()],
  number: (unit: string) => (["", "x", "channels"].includes(unit.toLowerCase()) ? 1 : undefined),
} as const;

type Field = Exclude<keyof AztecDetails, "unread">;

/** What each name means, and in which units it may be given. */
const fields: Readonly<Record<string, readonly [field: Field, kind: keyof typeof factors]>> = {
  mapwidth: ["widthUm", "length"],
  mapheight: ["heightUm", "length"],
  imagewidth: ["widthUm", "length"],
  imageheight: ["heightUm", "length"],
  resolutionwidth: ["pixelsWide", "pixels"],
  resolutionheight: ["pixelsHigh", "pixels"],
  numberofchannels: ["channels", "number"],
  energyrange: ["energyRangeKev", "energy"],
  acceleratingvoltage: ["beamEnergyKev", "energy"],
  beamvoltage: ["beamEnergyKev", "energy"],
  magnification: ["magnification", "number"],
  livetime: ["liveTimeS", "time"],
  acquisitionlivetime: ["liveTimeS", "time"],
  realtime: ["realTimeS", "time"],
  acquisitiontime: ["realTimeS", "time"],
};

/** The details in a text, or `undefined` when no line of it has a name that is known. The first line of each name counts. */
export function parseAztecDetails(text: string): AztecDetails | undefined {
  const found = new Map<Field, number>();
  const unread: string[] = [];
  let known = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const named = namedLine(line);
    const field = named === undefined ? undefined : fields[named.name];
    if (named === undefined || field === undefined) continue;
    known += 1;
    if (found.has(field[0])) continue;
    const quantity = quantityOf(named.value, named.unit);
    const factor = quantity === undefined ? undefined : factors[field[1]](quantity.unit);
    if (quantity === undefined || factor === undefined || !(quantity.value > 0)) unread.push(line.trim());
    else found.set(field[0], factor < 1 ? quantity.value / Math.round(1 / factor) : quantity.value * factor);
  }
  if (known === 0) return undefined;
  const of = (field: Field): number | undefined => found.get(field);
  return {
    widthUm: of("widthUm"),
    heightUm: of("heightUm"),
    pixelsWide: whole(of("pixelsWide")),
    pixelsHigh: whole(of("pixelsHigh")),
    channels: whole(of("channels")),
    energyRangeKev: of("energyRangeKev"),
    beamEnergyKev: of("beamEnergyKev"),
    magnification: of("magnification"),
    liveTimeS: of("liveTimeS"),
    realTimeS: of("realTimeS"),
    unread,
  };
}

/** `Resolution (Width): 512 Pixels` as `resolutionwidth` and `512 Pixels`; the last brackets of a name may hold the unit: `Energy Range (keV)`. */
function namedLine(line: string): { name: string; value: string; unit: string } | undefined {
  const start = /[\t:=]|\s[+-]?[\d.]/.exec(line)?.index;
  if (start === undefined || line.length > 400) return undefined;
  const label = line.slice(0, start);
  const value = line.slice(start).replace(/^[\s:=]+/, "");
  const [, before = label, bracket = ""] = /^(.*)[([]([^()[\]]*)[)\]]\s*$/.exec(label) ?? [];
  const letters = (words: string) => words.toLowerCase().replace(/[^a-z]/g, "");
  const whole = letters(label);
  return fields[whole] === undefined && bracket !== ""
    ? { name: letters(before), value, unit: bracket.trim() }
    : { name: whole, value, unit: "" };
}

/** A number with its unit. A comma is a decimal point unless three digits follow it, which could as well be thousands. */
function quantityOf(text: string, unitOfName: string): Quantity | undefined {
  const [, digits, unit = ""] = /^([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)\s*([^\s\d]*)\s*$/i.exec(text.trim()) ?? [];
  if (digits === undefined || /,\d{3}$/.test(digits)) return undefined;
  const value = Number(digits.replace(",", "."));
  return Number.isFinite(value) ? { value, unit: unit === "" ? unitOfName : unit } : undefined;
}

function whole(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}
