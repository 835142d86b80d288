import { expect, test } from "vitest";
import { smallAnalysis } from "../pipeline/edits/small-analysis.test-support.js";
import { spectra } from "../pipeline/steps/spectra.js";
import { statistics } from "../pipeline/steps/statistics.js";
import { resultFiles } from "./result-files.js";

test("statistics become tables with units, names and the id map of the grains", async () => {
  const context = { seed: 1 };
  const summarised = await spectra.run(smallAnalysis(), spectra.schema.parse({ step: "spectra" }) as never, context);
  const analysis = await statistics.run(summarised, statistics.schema.parse({ step: "statistics" }) as never, context);
  const recipe = { seed: 1, steps: [] };
  const decoder = new TextDecoder();
  const files = new Map(
    [...resultFiles(analysis, { inputName: "made", inputSha256: "0", recipe, recipeSha256: "0", programVersion: "0" })].map(
      (file) => [file.path, decoder.decode(file.bytes).split("\r\n")],
    ),
  );
  expect(files.get("statistics/proportions.csv")?.slice(0, 2)).toEqual([
    "id,name,pixels,proportion,standard_error,area_um2,of_pixels",
    `0,Class 1,17,${17 / 48},,68,48`,
  ]);
  const grains = files.get("statistics/grains.csv")!;
  expect(grains[0]).toContain("area_um2,equivalent_diameter_um");
  expect(grains[0]).toContain("Ca_Ka_min,Ca_Ka_mean,Ca_Ka_max");
  expect(grains.slice(1, -1).map((row) => row.split(",").slice(0, 6).join(","))).toEqual([
    "0,0,Class 1,0,15,60",
    "1,1,Class 2,0,16,64",
    "2,2,Class 3,0,12,48",
    "3,0,Class 1,0,2,8",
  ]);
  expect(files.get("statistics/features.csv")?.[3]).toBe("2,Class 3,12,5,0");
  expect(files.has("statistics/grains.npy")).toBe(true);
});
