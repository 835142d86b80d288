/** The truth of a phantom as one JSON document, `truth.json`. */
import { z } from "zod";
import { FormatError } from "../errors.js";
import { phantomParameters } from "./parameters.js";
import { type PhantomTruth, phasesOf, truthOf } from "./truth.js";

const FORMAT = "sigma-phantom-truth";
const VERSION = 1;

const document = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  energyAxis: z.object({
    name: z.string(),
    size: z.number().int().positive(),
    offset: z.number(),
    scale: z.number().positive(),
    units: z.literal("keV"),
  }),
  parameters: phantomParameters,
  phases: z.array(
    z.object({
      name: z.string(),
      formula: z.string(),
      massFractions: z.record(z.string(), z.number()),
      pixels: z.number(),
      purePixels: z.number(),
      /** Float64 [channels], little-endian, base64. */
      spectrum: z.string(),
    }),
  ),
  /** Float32 [pixels x phases], little-endian, base64. */
  fractions: z.string(),
});

/** The document as text. Arrays are base64 of little-endian numbers; labels and pure pixels follow from the fractions. */
export function serialiseTruth(truth: PhantomTruth): string {
  const { width, height, energyAxis, parameters } = truth;
  const phases = truth.phases.map(({ name, formula, massFractions, pixels, purePixels }, k) => ({
    name,
    formula,
    massFractions,
    pixels,
    purePixels,
    spectrum: toBase64(truth.spectra[k]!),
  }));
  const fractions = toBase64(truth.fractions);
  return `${JSON.stringify({ format: FORMAT, version: VERSION, width, height, energyAxis, parameters, phases, fractions }, undefined, 1)}\n`;
}

/** Reads what {@link serialiseTruth} wrote. Throws {@link FormatError} that names the field for anything else. */
export function parseTruth(text: string, where = "truth.json"): PhantomTruth {
  const parsed = document.safeParse(jsonOf(text, where));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FormatError("This is not the truth of a phantom.", {
      where,
      field: issue?.path.join("."),
      found: issue?.message,
      remedy: "Give the truth.json that was written together with the phantom.",
    });
  }
  const { width, height, energyAxis, parameters, phases } = parsed.data;
  checkSize(where, "width", width, parameters.width);
  checkSize(where, "height", height, parameters.height);
  checkSize(where, "phases", phases.length, phasesOf(parameters).length);
  const fractions = new Float32Array(fromBase64(parsed.data.fractions, width * height * phases.length * 4, where, "fractions"));
  const spectra = phases.map(
    ({ spectrum }, k) => new Float64Array(fromBase64(spectrum, energyAxis.size * 8, where, `phases.${k}.spectrum`)),
  );
  return truthOf(parameters, fractions, spectra, energyAxis);
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError("The file is not JSON.", { where, remedy: "Give the truth.json of a phantom." }, { cause });
  }
}

function checkSize(where: string, field: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new FormatError("The document contradicts its parameters.", {
    where,
    field,
    found: String(found),
    expected: String(expected),
  });
}

/** Bytes to characters in pieces whose length is a multiple of 3, so that the pieces join without padding between. */
const PIECE = 3 * 8192;

function toBase64(values: Float32Array | Float64Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += PIECE) pieces.push(btoa(String.fromCharCode(...bytes.subarray(i, i + PIECE))));
  return pieces.join("");
}

function fromBase64(text: string, expectedBytes: number, where: string, field: string): ArrayBuffer {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new FormatError("The field is not base64.", { where, field }, { cause });
  }
  if (binary.length !== expectedBytes) {
    throw new FormatError("The array has the wrong length.", {
      where,
      field,
      found: `${binary.length} bytes`,
      expected: `${expectedBytes} bytes`,
    });
  }
  const bytes = new Uint8Array(expectedBytes);
  for (let i = 0; i < expectedBytes; i++) bytes[i] = binary.charCodeAt(i);
  return bytes.buffer;
}
