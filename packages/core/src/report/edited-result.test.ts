import { expect, test } from "vitest";
import { readNpy } from "../formats/npy/npy.js";
import type { Unmixing } from "../pipeline/analysis.js";
import { editSchema } from "../pipeline/edits/edit-schema.js";
import { endmembersAreOlder, OLDER_ENDMEMBERS } from "../pipeline/edits/older-endmembers.js";
import { replay } from "../pipeline/edits/replay.js";
import { smallAnalysis } from "../pipeline/edits/small-analysis.test-support.js";
import { spectra } from "../pipeline/steps/spectra.js";
import { resultFiles } from "./result-files.js";

const asFound: Unmixing = {
  method: "find-phases",
  endmembers: [0, 1, 2].map(() => new Float64Array(64).fill(1)),
  abundances: new Float32Array(48 * 3).fill(1 / 3),
  residual: new Float32Array(48),
  unexplainedShare: 0.01,
};

test("endmembers are older than edits that moved pixels, not than names, nor when they were made after the edits", async () => {
  const after = (edit: object) =>
    replay({ ...smallAnalysis(), unmixing: asFound }, [editSchema.parse({ step: "edit", ...edit })], { seed: 1 });
  const merged = await after({ action: "merge", ids: [0, 1] });
  expect(endmembersAreOlder(merged)).toBe(true);
  expect(endmembersAreOlder({ ...merged, unmixing: { ...asFound, method: "nmf" } })).toBe(false);
  expect(endmembersAreOlder(await after({ action: "rename", id: 0, name: "Matrix" }))).toBe(false);
});

test("result files use the ids of edited classes, and say how they were made", async () => {
  const edits = [
    { action: "merge", ids: [0, 1] },
    { action: "rename", id: 0, name: "Matrix" },
    { action: "note", id: 0, note: "seen in BSE" },
    { action: "gate", expression: "Si_Ka > 0.6", within: [2], name: "Foot" },
    { action: "hide", id: 2 },
  ].map((edit) => editSchema.parse({ step: "edit", ...edit }));
  const edited = await replay(smallAnalysis(), edits, { seed: 1 });
  const summed = await spectra.run(edited, spectra.schema.parse({ step: "spectra" }) as never, { seed: 1 });
  const analysis = { ...summed, unmixing: asFound };
  const recipe = { seed: 1, steps: edits };
  const files = new Map(
    [...resultFiles(analysis, { inputName: "made", inputSha256: "0", recipe, recipeSha256: "0", programVersion: "0" })].map(
      (file) => [file.path, file.bytes],
    ),
  );
  const paths = [...files.keys()];
  expect(paths.filter((path) => path.startsWith("spectra/class"))).toEqual([
    "spectra/class-0.msa",
    "spectra/class-2.msa",
    "spectra/class-3.msa",
  ]);
  expect(paths.filter((path) => path.startsWith("masks/"))).toEqual([
    "masks/class-0.tif",
    "masks/class-2.tif",
    "masks/class-3.tif",
    "masks/classes.csv",
  ]);
  const masks = new TextDecoder().decode(files.get("masks/classes.csv")).split("\r\n");
  const labelled = analysis.labels!.filter((id) => id === 0).length;
  expect(masks[0]).toBe("file,id,value_in_labels_tif,name,colour,pixels");
  expect(masks[1]).toBe(`class-0.tif,0,1,Matrix,${analysis.classes[0]!.colour},${labelled}`);
  expect(readNpy(files.get("labels.npy")!).data).toEqual(analysis.labels);
  expect(readNpy(files.get("membership.npy")!).shape).toEqual([48, 3]);
  // Areas have their errors after edits, too.
  const [head, ...rows] = new TextDecoder().decode(files.get("phases.csv")).trimEnd().split("\r\n");
  const column = head!.split(",").indexOf("area_fraction_half_interval_95");
  const { classes, data } = analysis.membership!;
  rows.forEach((row, k) => {
    const doubt = data.reduce((sum, p, i) => sum + (i % classes === k ? p * (1 - p) : 0), 0);
    expect(Number(row.split(",")[column])).toBeCloseTo((1.96 * Math.sqrt(doubt)) / 48, 8);
  });
  expect(Number(rows[0]!.split(",")[column])).toBeGreaterThan(0);
  const report = new TextDecoder().decode(files.get("report.html"));
  expect(report).toContain("Made by hand: merged from Matrix and class 1.");
  expect(report).toContain("seen in BSE");
  expect(report).toContain(OLDER_ENDMEMBERS);
  expect(report).toMatch(/Hidden and grey: /);
  expect(report).not.toContain('href="#phase-1"');
});
