import { expect, test } from "vitest";
import { secondClasses, secondClassOf } from "./second-class.js";

const classes = [7, 9, 4].map((id) => ({ id, name: `C${id}`, colour: "#112233" })) as never[];
const rows = [0.6, 0.3, 0.1, 0.5, 0.02, 0.48, 0.97, 0.02, 0.01, 0, 0, 0];
const analysis = { classes, membership: { classes: 3, data: Float32Array.from(rows) } };

test("the second class by its id, and its probability; none where it is hardly probable, or nothing is known", () => {
  const second = secondClassOf(analysis)!;
  expect([...second.labels]).toEqual([9, 4, -1, -1]);
  expect([...second.share].map((share) => Math.round(100 * share) / 100)).toEqual([0.3, 0.48, 0.02, Number.NaN]);
  expect(secondClasses(second, classes).map(({ id }) => id)).toEqual([9, 4]);
});

test("there is none where the memberships are not of these classes", () => {
  expect(secondClassOf({ ...analysis, classes: classes.slice(1) })).toBeUndefined();
});
