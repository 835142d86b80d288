/** Spellings of X-ray lines, as files and people write them. */
import { isElement } from "./elements.js";
import { lineWithName, requireLine, type XrayLine } from "./lines.js";

/**
 * The project's name of a line written in another way: `Fe Kα`, `FeKa`, `fe_ka`, `Fe K-alpha`, `Fe Kα1`, `Fe K`, `Au Lβ2,15` ...;
 * `undefined` when no line of the tables is meant. Single members of joined lines give the joined line (`Fe Ka1` gives `Fe_Ka`), a
 * family or a Greek letter alone its first line (`Fe K` gives `Fe_Ka`, `Au Lβ` gives `Au_Lb1`).
 */
export function normaliseLineName(text: string): string | undefined {
  if (lineWithName(text) !== undefined) return text;
  const plain = text
    .trim()
    .replace(/α|alpha/gi, "a")
    .replace(/β|beta/gi, "b")
    .replace(/γ|gamma/gi, "g")
    .replace(/ζ|zeta/gi, "z")
    .replace(/η|eta/gi, "n")
    .replace(/ℓ/g, "l")
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080));
  const parts = /^([a-z]{1,2})[\s_\-:/]+(.+)$/i.exec(plain);
  if (parts !== null) return joinedName(parts[1]!, parts[2]!);
  return joinedName(plain.slice(0, 2), plain.slice(2)) ?? joinedName(plain.slice(0, 1), plain.slice(1));
}

/** The line that a name in any spelling means. Throws `ParameterError` when there is none. */
export function lineNamed(name: string): XrayLine {
  return requireLine(normaliseLineName(name) ?? name);
}

/** Siegbahn names after removal of separators, in lower case, to the names of joined lines. */
const joined: Readonly<Record<string, string>> = {
  k: "Ka",
  ka1: "Ka",
  ka2: "Ka",
  "ka1,2": "Ka",
  ka12: "Ka",
  kb1: "Kb",
  kb3: "Kb",
  kb5: "Kb",
  "kb1,3": "Kb",
  kb13: "Kb",
  kb4: "Kb2",
  l: "La",
  la1: "La",
  la2: "La",
  "la1,2": "La",
  la12: "La",
  lb: "Lb1",
  "lb2,15": "Lb2",
  lb215: "Lb2",
  lb15: "Lb2",
  lg: "Lg1",
  m: "Ma",
  ma1: "Ma",
  ma2: "Ma",
  "ma1,2": "Ma",
  ma12: "Ma",
  mb1: "Mb",
  mz1: "Mz",
  mz2: "Mz",
  "mz1,2": "Mz",
};

function joinedName(symbolText: string, lineText: string): string | undefined {
  const symbol = symbolText.charAt(0).toUpperCase() + symbolText.slice(1).toLowerCase();
  if (!isElement(symbol)) return undefined;
  const key = lineText.replace(/[\s_\-.]/g, "").toLowerCase();
  const siegbahn = joined[key] ?? (key === "m2n4" ? "M2N4" : key.charAt(0).toUpperCase() + key.slice(1));
  const line = lineWithName(`${symbol}_${siegbahn}`);
  return line?.name;
}
