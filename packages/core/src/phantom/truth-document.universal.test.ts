import { describe, expect, test } from "vitest";
import { isSigmaError } from "../errors.js";
import { streamPhantom } from "./phantom.js";
import { parseTruth, serialiseTruth } from "./truth-document.js";

const { truth } = streamPhantom({ width: 24, height: 16, channels: 300, particles: 6 });
const text = serialiseTruth(truth);

describe("truth document", () => {
  test("gives the truth back bit for bit", () => {
    expect(parseTruth(text)).toEqual(truth);
  });

  test.each([
    ["nonsense", () => "{"],
    ["another kind of document", () => "{}"],
    ["a later version", () => text.replace('"version": 1', '"version": 2')],
    ["another width", () => text.replace('"width": 24', '"width": 25')],
    ["fractions cut short", () => text.replace(/("fractions": "[^"]{40})[^"]*/, "$1")],
    ["spectra that are not base64", () => text.replace(/"spectrum": "..../, '"spectrum": "!!!!')],
  ])("refuses %s", (_, spoiled) => {
    try {
      parseTruth(spoiled());
      expect.unreachable();
    } catch (error) {
      expect(isSigmaError(error, "format")).toBe(true);
      expect(String(error)).toContain("truth.json");
    }
  });
});
