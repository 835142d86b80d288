import { expect, test } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { valueAt } from "./order.js";

test("the value at a place is the one that sorting puts there, with ties and in order already", () => {
  const random = randomStream(4, "order");
  for (const length of [1, 2, 3, 10, 101]) {
    for (const values of [
      Float32Array.from({ length }, () => random.normal()),
      Float32Array.from({ length }, () => random.integer(3)),
      Float32Array.from({ length }, (_, i) => i),
      Float32Array.from({ length }, (_, i) => -i),
    ]) {
      const sorted = values.slice().sort();
      for (let place = 0; place < length; place++) expect(valueAt(values.slice(), place)).toBe(sorted[place]);
    }
  }
});
