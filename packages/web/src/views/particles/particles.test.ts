import { expect, test } from "vitest";
import { grainsFigure, particleColumns } from "./particle-rows.js";

test("the histogram of a quantity of grains names it with its unit, and how many there are", () => {
  const figure = grainsFigure(particleColumns[0]!, [1, 2, 2, 9], 4, "µm");
  expect(figure).toMatchObject({ id: "grains-area", subject: "Area of 4 grains" });
  expect(figure.draw(300)).toMatch(/^<svg[\s\S]*Area, µm²[\s\S]*<\/svg>\s*$/);
});
