import { describe, expect, test } from "vitest";
import { type LinearRgb, linearOfHex, oklabOfLinear } from "../pipeline/colours/colour.js";
import { simulateVision } from "../pipeline/colours/colour-vision.js";
import { type ColourMapName, colourMap } from "./colour-maps.js";

const entry = (name: ColourMapName, i: number) => [...colourMap(name).subarray(3 * i, 3 * i + 3)];

function lightness(name: ColourMapName, i: number, see: (colour: LinearRgb) => LinearRgb = (colour) => colour): number {
  const hex = entry(name, i).map((byte) => byte.toString(16).padStart(2, "0"));
  return oklabOfLinear(see(linearOfHex(`#${hex.join("")}`)))[0];
}

describe("colour maps", () => {
  // matplotlib 3: colormaps[name](i), times 255, for entries between the anchors.
  test.each<[ColourMapName, number, readonly number[]]>([
    ["inferno", 0, [0, 0, 4]],
    ["inferno", 5, [2, 2, 12]],
    ["inferno", 77, [108, 24, 110]],
    ["inferno", 133, [195, 59, 79]],
    ["inferno", 201, [252, 159, 7]],
    ["inferno", 255, [252, 255, 164]],
    ["viridis", 0, [68, 1, 84]],
    ["viridis", 5, [70, 8, 92]],
    ["viridis", 77, [52, 96, 141]],
    ["viridis", 133, [31, 149, 139]],
    ["viridis", 201, [115, 208, 86]],
    ["viridis", 255, [253, 231, 37]],
    ["cividis", 0, [0, 34, 78]],
    ["cividis", 5, [0, 38, 86]],
    ["cividis", 77, [80, 87, 108]],
    ["cividis", 133, [129, 127, 120]],
    ["cividis", 201, [197, 181, 104]],
    ["cividis", 255, [254, 232, 56]],
  ])("%s entry %d is matplotlib's", (name, i, rgb) => {
    for (const [k, value] of entry(name, i).entries()) expect(Math.abs(value - rgb[k]!)).toBeLessThanOrEqual(2);
  });

  test.each<ColourMapName>(["inferno", "viridis", "cividis", "grey"])(
    "%s rises in lightness, also without red or green cones",
    (name) => {
      for (const vision of ["normal", "protanopia", "deuteranopia"] as const) {
        for (let i = 8; i < 256; i += 8) {
          const see = (colour: LinearRgb) => simulateVision(colour, vision);
          expect(lightness(name, i, see)).toBeGreaterThan(lightness(name, i - 8, see));
        }
      }
    },
  );

  test("the signed map is as dark on both sides and lightest in the middle", () => {
    for (let i = 0; i < 127; i += 9) expect(Math.abs(lightness("signed", i) - lightness("signed", 255 - i))).toBeLessThan(0.03);
    expect(lightness("signed", 127)).toBeGreaterThan(0.95);
  });

  test("has 256 colours", () => expect(colourMap("inferno")).toHaveLength(768));
});
