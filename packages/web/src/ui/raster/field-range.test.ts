import { expect, test } from "vitest";
import { fieldRange } from "./field-range.js";

const data = Float32Array.from({ length: 101 }, (_, i) => (i - 20) / 10);

test("colours of a signed field end as far below 0 as above it, so that its white is 0", () => {
  const { from, to } = fieldRange({ data, fixed: undefined, signed: true }, [0, 100]);
  expect([from, to]).toEqual([-8, 8]);
  expect(fieldRange({ data, fixed: undefined }, [0, 100])).toMatchObject({ from: -2, to: 8 });
});
