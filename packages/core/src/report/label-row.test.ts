import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LabelRequest, type LabelRow, placeLabels } from "./label-row.js";
import { lineText } from "./line-notation.js";
import { textWidth } from "./text-width.js";

const row: LabelRow = { left: 40, right: 1000, gap: 6, widthOf: (text) => textWidth(text, 10) };
const label = (text: string, target: number, priority = 0): LabelRequest => ({
  text,
  shortText: text.split(" ")[0]!,
  target,
  priority,
});

const anyLabel = fc.record({
  text: fc.constantFrom("Fe Kα", "Mg Kα", "Si Kα", "W M₂N₄", "C Kα"),
  shortText: fc.constantFrom("Fe", "Mg", "W"),
  target: fc.double({ min: 0, max: 1100, noNaN: true }),
  priority: fc.integer({ min: 0, max: 3 }),
});

describe("placeLabels", () => {
  test("labels never overlap, stay inside the row and keep their order", () => {
    fc.assert(
      fc.property(fc.array(anyLabel, { maxLength: 90 }), (requests) => {
        const placed = placeLabels(requests, row);
        placed.forEach((current, i) => {
          expect(current.centre - current.width / 2).toBeGreaterThanOrEqual(row.left - 1e-6);
          expect(current.centre + current.width / 2).toBeLessThanOrEqual(row.right + 1e-6);
          const before = placed[i - 1];
          if (before === undefined) return;
          expect(current.target).toBeGreaterThanOrEqual(before.target);
          expect(current.centre - current.width / 2 - (before.centre + before.width / 2)).toBeGreaterThanOrEqual(row.gap - 1e-6);
        });
      }),
    );
  });

  test("a label alone stands over its target", () => {
    expect(placeLabels([label("Fe Kα", 500)], row)[0]!.centre).toBe(500);
  });

  test("two on one place share the way, and no other arrangement is nearer", () => {
    const [a, b] = placeLabels([label("Fe Kα", 500), label("Fe Kα", 500)], row);
    expect((a!.centre + b!.centre) / 2).toBeCloseTo(500, 9);
    expect(b!.centre - a!.centre).toBeCloseTo(a!.width + 6, 9);
  });

  test("texts that would stand too far off shorten, then the weakest goes", () => {
    const crowd = [0, 1, 2, 3, 4].map((i) => label("Na Kα", 500 + i, i === 2 ? 0 : 1));
    expect(placeLabels(crowd, { ...row, reach: 60 }).map(({ text }) => text)).toEqual(["Na", "Na", "Na", "Na", "Na"]);
    const few = placeLabels(crowd, { ...row, reach: 34 });
    expect(few.map(({ index }) => index)).toEqual([0, 1, 3, 4]);
    for (const { centre, target } of few) expect(Math.abs(centre - target)).toBeLessThanOrEqual(34);
  });

  test("a full row shortens first, then leaves out the weakest", () => {
    const narrow = { ...row, left: 0, right: 80 };
    const three = [label("Na Kα", 10, 2), label("Mg Kα", 20, 1), label("Al Kα", 30, 3)];
    expect(placeLabels(three, narrow).map(({ text }) => text)).toEqual(["Na", "Mg", "Al"]);
    expect(placeLabels(three, { ...narrow, right: 40 }).map(({ text }) => text)).toEqual(["Na", "Al"]);
    expect(placeLabels(three, { ...narrow, right: 1 })).toEqual([]);
  });
});

test.each([
  ["Fe_Ka", "Fe Kα"],
  ["Ca_Kb", "Ca Kβ"],
  ["Au_Lb1", "Au Lβ₁"],
  ["W_Ll", "W Lℓ"],
  ["Ba_Ln", "Ba Lη"],
  ["Pb_M2N4", "Pb M₂N₄"],
  ["Navigator", "Navigator"],
])("%s reads %s", (name, text) => expect(lineText(name)).toBe(text));
