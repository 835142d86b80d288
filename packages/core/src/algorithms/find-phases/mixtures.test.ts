import { expect, it } from "vitest";
import type { Component } from "./components.js";
import { Blends, choicesOf, mixtureOf } from "./mixtures.js";

const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [2, 2],
  [2, 2],
].map((score) => ({ score: Float64Array.from(score) }) as unknown as Component);

it("a choice that is tried again and again gives what it gives once", () => {
  const blends = new Blends(corners);
  for (const target of [
    [0.2, 0.3],
    [0.9, 0.9],
    [0.5, 0],
    [-1, 3],
  ].map((place) => Float64Array.from(place))) {
    for (const size of [1, 2, 3]) {
      const tried = blends.choices([0, 1, 2, 3], size).map((blend) => blend.mixture(target));
      const once = Array.from(choicesOf([0, 1, 2, 3], size), (parents) => mixtureOf(target, parents, corners));
      expect(tried).toEqual(once);
    }
  }
});

it("a place in a triangle is its corners' mean by their weights, and nothing is made of the same corner twice", () => {
  const blends = new Blends(corners);
  const inside = blends.choices([0, 1, 2], 3)[0]!.mixture(Float64Array.from([0.2, 0.3]))!;
  expect(inside.parents).toEqual([0, 1, 2]);
  [0.5, 0.2, 0.3].forEach((weight, i) => {
    expect(inside.weights[i]).toBeCloseTo(weight, 12);
  });
  expect(inside.misfit).toBeCloseTo(0, 24);
  expect(blends.choices([3, 4], 2)[0]!.mixture(Float64Array.from([2, 1]))).toBeUndefined();
});
