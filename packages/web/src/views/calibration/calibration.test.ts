import { type CalibrationPreview, parseRecipe, presetRecipe } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import {
  calibrationWords,
  type Draft,
  draftOf,
  entryOf,
  fileEntry,
  isCalibrated,
  withCalibration,
  withLineUsed,
} from "./calibration-draft.js";
import { lineRows, linesTable, rootMeanSquare, signed, strongest } from "./calibration-lines.js";
import { parseCalibrationSpec } from "./calibration-spec.js";

const axis = { name: "energy", size: 1000, offset: -0.1, scale: 0.01, units: "keV" } as const;
const bare = { ...axis, offset: undefined, scale: undefined, units: undefined };
const recipe = presetRecipe("auto");
const plain = draftOf(recipe, axis);
const calibrated = (draft: Partial<Draft>, of = recipe) =>
  parseRecipe(withCalibration(of, entryOf({ ...plain, ...draft }, of, axis)));

describe("a calibration that is tried", () => {
  test("as in the file is no step at all, and goes without a trace", () => {
    expect(plain).toMatchObject({ way: "file", lines: [], peaks: [], takesResolution: false, startsByHand: false });
    expect(entryOf(plain, recipe, axis)).toBeUndefined();
    const fitted = calibrated({ way: "lines" });
    expect(parseRecipe(withCalibration(fitted, fileEntry(fitted, axis)))).toEqual(recipe);
    expect([isCalibrated(fitted, axis), isCalibrated(recipe, axis)]).toEqual([true, false]);
  });

  test.each<[string, Partial<Draft>, object]>([
    ["fitted to lines", { way: "lines" }, { automatic: "energy", lines: [], zeroPeak: true }],
    ["fitted to 2 chosen lines", { way: "lines", lines: ["O_Ka", "Fe_Ka"], zeroPeak: false }, { lines: ["O_Ka", "Fe_Ka"] }],
    ["by hand", { way: "hand", offsetKev: -0.09, scaleKev: 0.0099 }, { energyOffsetKev: -0.09, energyScaleKev: 0.0099 }],
    [
      "by hand, 1 peak",
      { way: "hand", peaks: [{ line: "Fe_Ka", channel: 655 }] },
      { peaks: [{ line: "Fe_Ka", measuredKev: 6.45 }] },
    ],
    ["as in the file", { takesResolution: true }, { automatic: "resolution" }],
  ])("%s: stands first in the recipe and is read back", (words, draft, entry) => {
    const given = calibrated(draft);
    expect(given.steps[0]).toMatchObject({ step: "calibrate", ...entry });
    expect(given.steps.slice(1)).toEqual(recipe.steps);
    expect(draftOf(given, axis)).toMatchObject(draft);
    expect(calibrationWords(given, axis)).toBe(words);
  });

  test("keeps what a recipe says of lengths, beam and energies of a peak", () => {
    const peak = { line: "Fe_Ka", measuredKev: 6.44, energyKev: 6.404 };
    const given = parseRecipe({
      schemaVersion: 1,
      steps: [{ step: "calibrate", pixelSizeUm: 2, resolutionEv: 140, peaks: [peak] }, { step: "bin" }],
    });
    const same = entryOf(draftOf(given, axis), given, axis);
    expect(same).toEqual(given.steps[0]);
    expect(fileEntry(given, axis)).toMatchObject({ pixelSizeUm: 2, resolutionEv: 140, peaks: [] });
    const measured = entryOf({ ...draftOf(given, axis), takesResolution: true }, given, axis);
    expect([measured?.resolutionEv, measured?.automatic]).toEqual([undefined, "resolution"]);
  });

  test("a fit begins at numbers by hand where the file has none", () => {
    const draft: Draft = { ...draftOf(recipe, bare), way: "lines", offsetKev: 0, scaleKev: 0.01 };
    expect(entryOf(draft, recipe, bare)).toMatchObject({ automatic: "energy", energyOffsetKev: 0, energyScaleKev: 0.01 });
    expect(entryOf({ ...plain, way: "lines", offsetKev: 3 }, recipe, axis)?.energyOffsetKev).toBeUndefined();
  });

  test("lines are left out of a fit, put back and added; the zero peak has its own switch", () => {
    const used = ["zero", "O_Ka", "Fe_Ka"];
    const without = withLineUsed(plain, "O_Ka", false, used);
    expect([without.lines, without.leftOut]).toEqual([["Fe_Ka"], ["O_Ka"]]);
    const again = withLineUsed(without, "O_Ka", true, ["zero", "Fe_Ka"]);
    expect([again.lines, again.leftOut]).toEqual([["Fe_Ka", "O_Ka"], []]);
    expect(withLineUsed(plain, "zero", false, used)).toEqual({ ...plain, zeroPeak: false });
  });
});

test("what is tried is kept with the view, and nothing else that was saved", () => {
  const draft = { ...plain, way: "hand" as const, peaks: [{ line: "Fe_Ka", channel: 655 }] };
  const spec = { tried: { of: "a file", draft } };
  expect(parseCalibrationSpec(JSON.parse(JSON.stringify(spec)))).toEqual(JSON.parse(JSON.stringify(spec)));
  const others = [undefined, 3, {}, { tried: { of: 1, draft } }, { tried: { of: "a", draft: { ...draft, peaks: [{}] } } }];
  for (const other of others) expect(parseCalibrationSpec(other)).toEqual({});
});

describe("lines of a calibration", () => {
  const preview: CalibrationPreview = {
    energyAxis: { ...axis, offset: -0.15 },
    report: {
      before: { offsetKev: -0.1, scaleKev: 0.01 },
      after: { offsetKev: -0.15, scaleKev: 0.01 },
      peaks: [
        { name: "zero", by: "spectrum", channel: 15, trueKev: 0, beforeKev: 0.05, residualKev: 0, errorKev: 0.003 },
        { name: "Fe_Ka", by: "spectrum", channel: 655, trueKev: 6.4, beforeKev: 0.05, residualKev: 0.001, errorKev: 0.004 },
      ],
      resolution: { resolutionEv: 131, errorEv: 1, peaks: [{ line: "Fe_Ka", fwhmEv: 136, fwhmErrorEv: 1, resolutionEv: 131 }] },
    },
    peaks: [
      { channel: 15, significance: 50, counts: 900 },
      { channel: 189.2, significance: 80, counts: 5000 },
      { channel: 655, significance: 90, counts: 7000 },
    ],
    findings: [],
  };
  const draft: Draft = { ...plain, way: "lines", lines: ["Fe_Ka", "Ti_Ka"], leftOut: ["Si_Ka"] };
  const rows = lineRows(preview, draft, axis);

  test("are those of the fit, those left out with the peak that is near, and those without any", () => {
    expect(rows.map(({ name, isUsed, channel }) => [name, isUsed, channel])).toEqual([
      ["zero", true, 15],
      ["Si_Ka", false, 189.2],
      ["Ti_Ka", true, undefined],
      ["Fe_Ka", true, 655],
    ]);
    const [, silicon, titanium, iron] = rows;
    expect(silicon!.afterEv! - silicon!.beforeEv!).toBeCloseTo(-50, 9);
    expect([titanium!.beforeEv, titanium!.counts]).toEqual([undefined, 0]);
    expect(iron).toMatchObject({ counts: 7000, fwhmEv: 136, errorEv: 4, beforeEv: 50 });
    expect(strongest(rows, 1).map(({ name }) => name)).toEqual(["Fe_Ka"]);
    expect(rootMeanSquare([3, undefined, -4, 0])).toBeCloseTo(Math.sqrt(25 / 3), 12);
    expect([rootMeanSquare([]), signed(0.04), signed(0.06), signed(-3)]).toEqual([undefined, "0.0", "+0.1", "−3.0"]);
  });

  test("are a table with full digits", () => {
    const [head, zero, , , iron] = tableCsv(linesTable(rows)).split("\r\n");
    expect(head).toBe("line,used,channel,true_kev,before_ev,residual_ev,error_ev,counts,fwhm_ev");
    expect(zero).toBe("zero,yes,15,0,50,0,3,900,");
    expect(iron).toBe("Fe_Ka,yes,655,6.4,50,1,4,7000,136");
  });

  test("by a person's word come once, not a second time from the spectrum", () => {
    const said = { ...preview.report.peaks[1]!, by: "hand" as const, errorKev: undefined };
    const told = { ...preview, report: { ...preview.report, peaks: [said, ...preview.report.peaks] } };
    const own = lineRows(told, { ...plain, way: "hand", peaks: [{ line: "Fe_Ka", channel: 655 }] }, axis);
    expect(own.map(({ name, by, isUsed }) => [name, by, isUsed])).toEqual([
      ["zero", "spectrum", false],
      ["Fe_Ka", "hand", true],
    ]);
  });
});
