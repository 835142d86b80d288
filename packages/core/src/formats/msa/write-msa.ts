/**
 * One spectrum in the EMSA/MAS standard file format (Egerton, Fiori, Hunt, Isaacson, Kirkland, Zaluzec, EMSA Bulletin 21, 1991, 35;
 * ISO 22029:2022): text, one keyword per line, then the data. Every mandatory keyword is written, in the order of the standard.
 */
import { ParameterError } from "../../errors.js";

export interface MsaSpectrum {
  /** At most 64 characters are written; what is not Latin-1 becomes `?`. */
  readonly title: string;
  /** Intensity of each channel: counts, or counts per pixel. */
  readonly values: ArrayLike<number>;
  /** Energy at the middle of channel 0 and width of a channel, keV; `undefined` writes channel numbers. */
  readonly energy: { readonly offsetKev: number; readonly scaleKev: number } | undefined;
  /** Units of the values. Default `counts`. */
  readonly yUnits?: string | undefined;
  readonly beamEnergyKev?: number | undefined;
  readonly liveTimeS?: number | undefined;
  readonly realTimeS?: number | undefined;
  readonly elevationAngleDeg?: number | undefined;
  readonly azimuthAngleDeg?: number | undefined;
  /** Who made it. Default empty. */
  readonly owner?: string | undefined;
  /** ISO 8601; without it date and time stay empty, so that equal spectra give equal files. */
  readonly acquiredAt?: string | undefined;
  /** One `#COMMENT` line each, cut at 64 characters. */
  readonly comments?: readonly string[] | undefined;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const LONGEST_TEXT = 64;

/** The bytes of an `.msa` file: Latin-1, lines end with CR LF. Throws {@link ParameterError} for values that are not finite. */
export function writeMsa(spectrum: MsaSpectrum): Uint8Array {
  const lines = [...header(spectrum), line("SPECTRUM", "Spectral Data Starts Here"), ...values(spectrum.values)];
  lines.push(line("ENDOFDATA", ""), "");
  const text = lines.join("\r\n");
  return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

function header(spectrum: MsaSpectrum): string[] {
  const { energy } = spectrum;
  const [date, time] = dateAndTime(spectrum.acquiredAt);
  const required = [
    line("FORMAT", "EMSA/MAS Spectral Data File"),
    line("VERSION", "1.0"),
    line("TITLE", latin(spectrum.title)),
    line("DATE", date),
    line("TIME", time),
    line("OWNER", latin(spectrum.owner ?? "")),
    line("NPOINTS", decimal(spectrum.values.length)),
    line("NCOLUMNS", "1."),
    line("XUNITS", energy === undefined ? "channel" : "keV"),
    line("YUNITS", latin(spectrum.yUnits ?? "counts")),
    line("DATATYPE", "Y"),
    line("XPERCHAN", decimal(energy?.scaleKev ?? 1)),
    line("OFFSET", decimal(energy?.offsetKev ?? 0)),
    line("SIGNALTYPE", "EDS"),
    line("XLABEL", energy === undefined ? "Channel" : "X-RAY ENERGY"),
    line("YLABEL", "X-RAY INTENSITY"),
  ];
  const optional: readonly (readonly [keyword: string, value: number | undefined])[] = [
    ["BEAMKV   -kV", spectrum.beamEnergyKev],
    ["LIVETIME  -s", spectrum.liveTimeS],
    ["REALTIME  -s", spectrum.realTimeS],
    ["ELEVANGLE-dg", spectrum.elevationAngleDeg],
    ["AZIMANGLE-dg", spectrum.azimuthAngleDeg],
  ];
  for (const [keyword, value] of optional) if (value !== undefined) required.push(line(keyword, decimal(value)));
  for (const comment of spectrum.comments ?? []) required.push(line("COMMENT", latin(comment)));
  return required;
}

function values(data: ArrayLike<number>): string[] {
  return Array.from(data, (value) => decimal(value));
}

/** Keyword and value in the columns of the standard: `#`, keyword to column 13, `: `, value from column 16. */
function line(keyword: string, value: string): string {
  return `#${keyword.padEnd(12)}: ${value}`;
}

/** The shortest number that reads back as the same double, with a decimal point and `E` for the exponent, as Fortran programs want it. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new ParameterError("An .msa file holds finite numbers only.", { found: String(value) });
  const [mantissa, exponent] = String(value).split("e");
  const pointed = mantissa!.includes(".") ? mantissa! : `${mantissa!}.0`;
  return exponent === undefined ? pointed : `${pointed}E${exponent}`;
}

/** Printable Latin-1 in one line. A colon followed by a space would end the keyword for some readers, so the space goes. */
function latin(text: string): string {
  const plain = Array.from(
    text
      .replace(/\s+/g, " ")
      .replace(/[\u2010-\u2014]/g, "-")
      .trim(),
    (character) => {
      const code = character.codePointAt(0)!;
      return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) ? character : "?";
    },
  );
  return plain.slice(0, LONGEST_TEXT).join("").replaceAll(": ", ":").trim();
}

function dateAndTime(acquiredAt: string | undefined): [date: string, time: string] {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/.exec(acquiredAt ?? "");
  const month = MONTHS[Number(match?.[2]) - 1];
  if (match === null || month === undefined) return ["", ""];
  return [`${match[3]}-${month}-${match[1]}`, match[4] === undefined ? "" : `${match[4]}:${match[5]}`];
}
