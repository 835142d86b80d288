import { expect, test } from "vitest";
import { viewNamed } from "./view-registry.js";
import { viewsLikelyNext } from "./views-likely-next.js";

test("views of the stage that follows are likely next; Start loads none, and Report has no stage after it", () => {
  expect(viewsLikelyNext("start")).toEqual([]);
  expect(viewsLikelyNext("unmix")).toEqual(["unmix", "abundances", "spectrum", "map", "fit", "modal", "ternary", "compare"]);
  expect(viewsLikelyNext("report")).toEqual(["page", "report", "particles"]);
  expect(viewNamed("map")?.preload).toBeUndefined();
});
