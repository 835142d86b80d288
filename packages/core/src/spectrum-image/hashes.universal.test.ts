import { describe, expect, test } from "vitest";
import { DataCheckError } from "../errors.js";
import { sha256Int64 } from "./hashes.js";

describe("sha256Int64", () => {
  // Golden values: hashlib.sha256(numpy.array([...], dtype="<i8").tobytes()).hexdigest()
  test.each([
    [[], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [[1, 2, 3], "e2e2033ae7e19d680599d4eb0a1359a2b48ec5baac75066c317fbf85159c54ef"],
    [[-1, 4294967296, 9007199254740991], "8050a3500a036f84457a9c0b36f427df888241c507b306d3e3f54d7593f64147"],
  ])("hashes %j as numpy lays it out", async (values, expected) => {
    expect(await sha256Int64(values)).toBe(expected);
  });

  test("does not depend on the array that holds the numbers", async () => {
    expect(await sha256Int64(Uint8Array.of(7, 0, 255))).toBe(await sha256Int64(Float64Array.of(7, 0, 255)));
  });

  test.each([0.5, Number.NaN, 2 ** 53])("refuses %d", async (value) => {
    await expect(sha256Int64([1, value])).rejects.toThrow(DataCheckError);
  });
});
