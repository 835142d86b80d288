import { type ChosenNumber, parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { curvePoints, curveTables } from "./curve-tables.js";
import { curveFigures } from "./export-curves.js";
import type { KnownCurve } from "./known-curves.js";
import { classNumberCurves, classNumberOf, withClassNumber, withComponents } from "./number-of-classes.js";

const number = (nClasses: number, bic: number | undefined) => ({
  ...{ nClasses, bic, silhouette: nClasses === 1 ? undefined : 0.5, silhouetteError: 0.01, stability: 0.9, lowestStability: 0.8 },
});

const chosen: ChosenNumber = {
  criterion: "recommended",
  nClasses: 3,
  numbers: [number(1, 90), number(2, 50), number(3, 20)],
  points: 1000,
  reason: "3 classes, because.",
};

test("each criterion with values has a curve, and the chosen number is ringed", () => {
  const [bic, silhouette, stability] = classNumberCurves(chosen);
  expect(bic).toMatchObject({ title: "BIC", x: [1, 2, 3], chosen: 3, tries: "classes" });
  expect(bic!.sentence).toMatch(/^3 classes, because\. Smaller is better/);
  expect(silhouette!.x).toEqual([2, 3]);
  expect(stability!.sentence).not.toContain("because");
  const withoutBic = { ...chosen, numbers: chosen.numbers.map((one) => ({ ...one, bic: undefined })) };
  expect(classNumberCurves(withoutBic).map(({ id }) => id)).toEqual(["classes-silhouette", "classes-stability"]);
});

const cluster = (step: object) =>
  parseRecipe({
    schemaVersion: 1,
    steps: [{ step: "features" }, { step: "decompose", method: "pca", nComponents: 5 }, step].sort((a, b) => order(a) - order(b)),
  });

const order = (entry: object): number => ["decompose", "features", "cluster"].indexOf((entry as { step: string }).step);

test("another number of classes goes to the step that makes them, by its own name", () => {
  const mixture = cluster({ step: "cluster", method: "gaussian-mixture", nComponents: "auto" });
  expect(classNumberOf(mixture)).toBe("auto");
  expect(classNumberOf(parseRecipe(withClassNumber(mixture, 7)!))).toBe(7);
  const means = cluster({ step: "cluster", method: "k-means", nClusters: 4 });
  expect(classNumberOf(parseRecipe(withClassNumber(means, "auto")!))).toBe("auto");
  const dense = cluster({ step: "cluster", method: "hdbscan" });
  expect([classNumberOf(dense), withClassNumber(dense, 3)]).toEqual([undefined, undefined]);
});

test("another number of components goes to the decomposition", () => {
  const recipe = cluster({ step: "cluster", method: "hdbscan" });
  const changed = parseRecipe(withComponents(recipe, 9)!).steps.find(({ step }) => step === "decompose");
  expect(changed).toMatchObject({ nComponents: 9 });
  expect(withComponents({ ...recipe, steps: [] }, 9)).toBeUndefined();
});

test("curves go out as figures and as points, with what was chosen", () => {
  const curve: KnownCurve = {
    ...{ id: "scree", title: "Scree", sentence: "Two.", xName: "component", yName: "share", chosen: 2, x: [1, 2, 3] },
    curves: [
      { name: "share", y: [9, 4, 1] },
      { name: "beside", y: [8, 3, 1], look: "second" },
    ],
  };
  const [figure] = curveFigures([curve]);
  expect(figure).toMatchObject({ id: "curve-scree", title: "Scree" });
  expect(figure!.draw(300)).toMatch(/^<svg[\s\S]*component[\s\S]*<\/svg>\s*$/);
  const lines = tableCsv(curvePoints([curve]))
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(7);
  expect(lines[2]).toBe("scree,share,2,4,1");
  expect(lines[4]).toBe("scree,beside,1,8,0");
});

test("numbers of classes are a table with the names and numbers of the result's file", () => {
  const tables = curveTables({ classNumber: chosen } as AnalysisSnapshot, classNumberCurves(chosen));
  expect(tables.map(({ id }) => id)).toEqual(["curves", "class-numbers"]);
  const lines = tableCsv(tables[1]!.make()).split("\r\n");
  expect(lines[0]).toBe("classes,bic,silhouette,silhouette_error,stability,lowest_stability,chosen");
  expect(lines.slice(1, 4)).toEqual(["1,90,,0.01,0.9,0.8,false", "2,50,0.5,0.01,0.9,0.8,false", "3,20,0.5,0.01,0.9,0.8,true"]);
});
