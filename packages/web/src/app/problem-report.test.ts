import { programVersion } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { linkedValues } from "../session/linked.js";
import type { Problem } from "../session/view-session.js";
import { smallMapSession } from "../views/map/small-map-session.test-support.js";
import { problemReport } from "./problem-report.js";

test("a report of a problem says what runs where on what, by which recipe, and what was shown", () => {
  const { session } = smallMapSession(linkedValues());
  const problem: Problem = {
    kind: "run",
    title: "It stopped.",
    where: undefined,
    remedy: undefined,
    details: "ShapeError: 3 labels",
    offers: [],
  };
  const text = problemReport({ ...session, problem }, "Chromium 1");
  expect(text).toContain(`SIGMA ${programVersion}, Chromium 1`);
  expect(text).toContain("Problem: It stopped.\nShapeError: 3 labels");
  expect(text).toContain(`Recipe: ${JSON.stringify(session.analysis!.recipe)}`);
});
