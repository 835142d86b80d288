import { expect, test } from "vitest";
import { decisionsMade } from "./evidence.js";
import type { Finished } from "./summary.js";

test("thousands of counts are written as elsewhere", () => {
  const search = { rejected: [], components: [], space: { axes: 2 } };
  const finished = { scales: { all: [1], medium: 1, typicalCounts: 16314 }, bins: { count: 12 }, search };
  const decisions = decisionsMade(finished as unknown as Finished);
  expect(decisions[0]?.message).toMatch(/^A typical pixel holds 16,314 counts /);
});
