import { expect, test } from "vitest";
import { linesBySignificance } from "./line-order.js";

const line = (name: string, sigma: number) => ({ line: name, sigma, netPerPixel: 1, ratioToMean: 1 });

test("lines that tell classes apart come first, whichever the sign; others keep their order", () => {
  const classes = [
    { dominantLines: [line("Fe_Ka", 3), line("Si_Ka", -40)] },
    { dominantLines: [line("Fe_Ka", 9), line("Zr_La", 99)] },
  ];
  expect(linesBySignificance(["O_Ka", "Na_Ka", "Fe_Ka", "Si_Ka"], classes)).toEqual(["Si_Ka", "Fe_Ka", "O_Ka", "Na_Ka"]);
});
