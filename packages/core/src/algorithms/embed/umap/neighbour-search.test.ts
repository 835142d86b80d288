import { expect, test } from "vitest";
import { quickNeighbours } from "../../../kernels/nearest-neighbours/quick/quick-neighbours.js";
import { randomStream } from "../../../kernels/random.js";
import { neighboursOf, searchFor } from "./neighbour-search.js";

test.each([
  [50_000, "auto", null, { error: 0 }],
  [50_001, "auto", null, "quick"],
  [100_000, "guaranteed", null, { error: 0 }],
  [100_001, "auto", 0, { error: 0 }],
  [100_001, "auto", 0.25, { error: 0.25 }],
  [5_000, "auto", 0.25, { error: 0.25 }],
  [5_000, "quick", null, "quick"],
  [5_000, "guaranteed", null, { error: 0 }],
  [100_001, "guaranteed", null, { error: 0.5 }],
] as const)("%i pixels, search %s, error %s", (pixels, neighbourSearch, neighbourError, search) => {
  expect(searchFor(pixels, { neighbourSearch, neighbourError })).toEqual(search);
});

test("the quick search is taken where it is meant", async () => {
  const random = randomStream(1, "neighbour-search");
  const features = { rows: 4200, columns: 12, data: Float32Array.from({ length: 12 * 4200 }, () => random.normal()) };
  const parameters = { metric: "euclidean", neighbourSearch: "quick", neighbourError: null } as const;
  expect(await neighboursOf(features, 9, parameters, {})).toEqual(await quickNeighbours(features, 9));
});
