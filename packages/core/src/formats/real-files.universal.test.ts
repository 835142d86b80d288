/** Every real file, opened by what it is, against what an independent reader (RosettaSciIO) found in it; in Node and in Chromium alike. */
import { describe, expect, test } from "vitest";
import { isSigmaError } from "../errors.js";
import { compareReadings, type Difference } from "./compare-readings.test-support.js";
import { readAll } from "./damage.test-support.js";
import type { ExpectedReading } from "./expected-readings.test-support.js";
import { openRealFolder } from "./real-folder.test-support.js";
import { detectFormat, type FormatId, formats, openFile } from "./registry.js";

const folder = await openRealFolder();
const note = folder === undefined ? " (skipped: no real files; set SIGMA_DATA)" : "";

interface Reason {
  readonly files: RegExp;
  readonly what: RegExp;
  readonly why: string;
}

/** Every difference that there is, and why ours is right or as good. */
const reasons: readonly Reason[] = [
  {
    files: /^emd\/.*\.emd$/,
    what: /^[08] (sum|maximum|minimum)$/,
    why: "Of a picture with several frames the other reader gives the first frame, ours gives their mean.",
  },
  {
    files: /^msa\/nexl\/K412 spectra__Al2O3 std\.msa$/,
    what: /^0 shape$/,
    why: "The other reader takes the file for one without channels; it has 4,096 behind the line #SPECTRUM.",
  },
  {
    files: /^phenom\//,
    what: /^[35] [xy]\.scale$/,
    why: "The map covers a part of its picture: ours divides the width of that part by its pixels, the other the width of the whole picture.",
  },
  {
    files: /^tia\/rsciio-new\/.*(EDS|not_square)(_1)?\.(emi|ser)$/,
    what: /^0 [xy]\.offset$/,
    why: "The other reader calls metres nanometres, and leaves out which element the offset belongs to.",
  },
  {
    files: /^tia\/rsciio-new\/16x16-line_profile_horizontal_5x128x128_EDS(_2\.ser|\.emi)$/,
    what: /^[01] shape$/,
    why: "A diffraction pattern at each of five points is no spectrum: ours gives five pictures, the other one stack.",
  },
];

/** What the files are read as that the other reader was not tried on, or refused; the first line that fits holds. */
const others: readonly (readonly [RegExp, FormatId | "unsupported" | "format"])[] = [
  [/\.(md|json)$|Nope\.bcf$/, "unsupported"],
  // Cubes, which do not say what their axes are.
  [/(30x30_16bit(_ds)?|fei_emd_si(_frame)?)\.npy$/, "unsupported"],
  [/\.(npy|jpg)$/, "images"],
  [/\.(rpl|raw)$/, "rpl"],
  [/\.hdf5$/, "hspy"],
];

describe.skipIf(folder === undefined)(`real files${note}`, () => {
  const expected = Object.entries(folder?.expected ?? {}).flatMap(([path, readings]) =>
    "error" in readings ? [] : [[path, readings] as const],
  );
  const used = new Set<Reason>();

  test.each(expected)("%s", async (path, readings) => {
    const differences = await compareReadings(await openFile(await folder!.open(path)), readings);
    const unexplained = differences.filter((difference) => reasonFor(path, difference, used) === undefined);
    expect(unexplained).toEqual([]);
  });

  test("every reason is still needed", () => {
    expect(reasons.filter((reason) => !used.has(reason))).toEqual([]);
  });

  test("a cube in .npy is read as soon as its axes are named", async () => {
    const source = await folder!.open("emd/hyperspy__fei_emd_si.npy");
    const { datasets } = await openFile(source, { axes: ["y", "x", "energy"] });
    const map = folder!.expected["emd/hyperspy__example_fei_emd_si.emd"];
    const differences = await compareReadings({ format: "images", datasets, images: [] }, [(map as ExpectedReading[])[1]!]);
    // All but what an array without metadata cannot tell.
    expect(differences.map(({ what }) => what).filter((what) => /sum|hash|peak|pixel|maximum|size/.test(what))).toEqual([]);
  });

  test("the files that the other reader was not tried on are read whole, or refused with a typed error", async () => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string | undefined> = {};
    const compared = new Set(expected.map(([path]) => path));
    for (const path of folder!.paths.filter((other) => !compared.has(other))) {
      wanted[path] = others.find(([pattern]) => pattern.test(path))?.[1];
      found[path] = await outcome(path);
    }
    expect(Object.keys(found).length).toBeGreaterThan(100);
    expect(found).toEqual(wanted);
  });
});

function reasonFor(path: string, { what }: Difference, used: Set<Reason>): Reason | undefined {
  const reason = reasons.find((one) => one.files.test(path) && one.what.test(what));
  if (reason !== undefined) used.add(reason);
  return reason;
}

/** The format that reads the file whole, or the tag of the error. */
async function outcome(path: string): Promise<string> {
  const source = await folder!.open(path);
  try {
    const id = await detectFormat(source);
    const { contents, error, broken } = await readAll(formats[id], source);
    if (contents === undefined) return error!.tag;
    expect(broken).toEqual([]);
    expect(contents.datasets.length + contents.images.length).toBeGreaterThan(0);
    return id;
  } catch (error) {
    if (isSigmaError(error)) return error.tag;
    throw error;
  }
}
