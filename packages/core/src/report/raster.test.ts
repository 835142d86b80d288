import { expect, test } from "vitest";
import { formatArea, formatCount, formatFixed, formatNumber, formatPercent, withUnit } from "../numbers.js";
import { xrayLines } from "../xray/lines.js";
import { phaseLibrary } from "../xray/phases/phase-library.js";
import { lineText } from "./line-notation.js";
import { paintedLetters, paintText, raster, textWidth } from "./raster.js";
import { chooseScaleBar, lengthText, pixelSizeText } from "./scale-bar.js";

/** Numbers of every size, of both signs, and what is none. */
const numbers = Array.from({ length: 61 }, (_, i) => 7.126 * Number(`1e${i - 30}`))
  .flatMap((value) => [value, -value])
  .concat(0, 1, Number.NaN, Number.POSITIVE_INFINITY);

const written: readonly (readonly [string, readonly string[]])[] = [
  ["numbers", numbers.flatMap((value) => [formatNumber(value), formatCount(value), formatArea(value), formatFixed(value, 2)])],
  ["shares", numbers.map((value) => formatPercent(value))],
  ["units", ["µm²", "°C", "Å", "keV", "σ", "χ²", "‰", "kg/m²", "g/cm³"].map((unit) => withUnit(-1234.5, unit))],
  ["lengths", numbers.filter((value) => value > 0).flatMap((value) => [lengthText(value), pixelSizeText(value)])],
  ["scale bars", [undefined, 1e-4, 0.02, 8.7, 500].map((size) => chooseScaleBar(100, size).text)],
  ["lines", xrayLines.map(({ name }) => lineText(name))],
  ["phases", phaseLibrary().phases.map(({ name }) => name)],
];

test.each(written)("%s have every letter in pictures", (_, texts) => {
  expect(texts.filter((text) => paintedLetters(text).includes("?"))).toEqual([]);
});

test("spaces are spaces, accents that the font lacks go, marks that nobody sees too, and other scripts are question marks", () => {
  expect(paintedLetters("200\u202fµm\u00a0·\u2009x")).toBe("200 µm · x");
  expect(paintedLetters("Größe e\u0301 živec")).toBe("Größe é zivec");
  expect(paintedLetters("a\u200bb\u0301")).toBe("ab");
  expect(paintedLetters("石英 1")).toBe("?? 1");
});

test("a text is as wide as what is painted of it", () => {
  expect(textWidth("200\u202fµm")).toBe(textWidth("200 µm"));
  const [thin, plain] = ["200\u202fµm", "200 µm"].map((text) => {
    const picture = raster(100, 24, "#ffffff");
    paintText(picture, 0, 0, text, "#000000");
    return picture.data;
  });
  expect(thin).toEqual(plain);
});
