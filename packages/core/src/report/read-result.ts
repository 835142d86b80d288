/** A result that was written before, read again for comparing: from its folder, or from the zip that the app hands out. */

import type { ComparedResult } from "../algorithms/score/compare-results.js";
import { FormatError } from "../errors.js";
import { parseMsa } from "../formats/msa/parse-msa.js";
import { readNpy } from "../formats/npy/npy.js";
import { parseResultDocument } from "./result-document.js";

/** A zip that unpacks to more than this is refused before it is unpacked. */
const MOST_BYTES = 4 * 1_073_741_824;

/** Reads a result by the paths of its files. `where` names it in errors. Throws {@link FormatError} for what is none. */
export async function readResult(read: (path: string) => Promise<Uint8Array>, where: string): Promise<ComparedResult> {
  const text = async (path: string, encoding = "utf-8") => new TextDecoder(encoding).decode(await read(path));
  const { phases } = parseResultDocument(await text("result.json"), where);
  const { data, shape } = readNpy(await read("labels.npy"), `${where}/labels.npy`);
  if (!(data instanceof Int32Array)) throw new FormatError("Labels must be 32-bit integers.", { where: `${where}/labels.npy` });
  const spectra = await Promise.all(
    phases.map(async ({ id }) => {
      const path = `spectra/class-${id}.msa`;
      return Float64Array.from(parseMsa(await text(path, "latin1"), `${where}/${path}`).values);
    }),
  );
  const classes = phases.map(({ id, name, areaFraction }) => ({
    id,
    name: name ?? `Class ${id}`,
    areaFraction: areaFraction ?? 0,
  }));
  return { labels: data, shape, classes, spectra, recipe: recipeOf(await text("recipe.json"), where) };
}

/** The same from a zip of the folder; the files may lie in one folder of it. */
export async function readResultArchive(bytes: Uint8Array, where: string): Promise<ComparedResult> {
  const files = await unzipped(bytes, where);
  const document = Object.keys(files).find((path) => path === "result.json" || /^[^/]+\/result\.json$/.test(path));
  const folder = document?.slice(0, -"result.json".length) ?? "";
  return readResult(async (path) => {
    const file = files[`${folder}${path}`];
    if (file !== undefined) return file;
    throw new FormatError("A file of the result is missing.", {
      where,
      field: path,
      remedy: "Choose the zip of a whole result.",
    });
  }, where);
}

async function unzipped(bytes: Uint8Array, where: string): Promise<Record<string, Uint8Array>> {
  const { unzipSync } = await import("fflate");
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        const isNeeded = /(^|\/)(result\.json|recipe\.json|labels\.npy|spectra\/class-\d+\.msa)$/.test(name);
        if (isNeeded) total += originalSize;
        return isNeeded && total <= MOST_BYTES;
      },
    });
  } catch (cause) {
    throw new FormatError("This is no zip of a result.", { where, found: String(cause) }, { cause });
  }
}

function recipeOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError("The recipe of the result is not JSON.", { where: `${where}/recipe.json` }, { cause });
  }
}
