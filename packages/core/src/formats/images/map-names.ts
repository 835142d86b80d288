/** What a picture shows, by its name: an element's map, an electron image, or something else. */
import { elements, isElement } from "../../xray/elements.js";
import { normaliseLineName } from "../../xray/line-names.js";

export type PictureRole =
  /** `line` is `Fe_Ka` where the name has one. */
  | { readonly kind: "element"; readonly element: string; readonly line: string | undefined }
  | { readonly kind: "electrons"; readonly detector: string }
  | { readonly kind: "other" };

/** Names of electron images as microscopes and people write them. */
const electrons: Readonly<Record<string, string>> = {
  BSE: "BSE",
  BSD: "BSE",
  BEI: "BSE",
  BEC: "BSE",
  QBSD: "BSE",
  CBS: "BSE",
  ABS: "BSE",
  COMPO: "BSE",
  TOPO: "BSE",
  ESB: "BSE",
  BACKSCATTER: "BSE",
  BACKSCATTERED: "BSE",
  SE: "SE",
  SEI: "SE",
  SE1: "SE",
  SE2: "SE",
  SED: "SE",
  ETD: "SE",
  LFD: "SE",
  INLENS: "SE",
  SECONDARY: "SE",
  HAADF: "HAADF",
  ADF: "ADF",
  LAADF: "ADF",
  MAADF: "ADF",
  DF: "DF",
  BF: "BF",
  ABF: "BF",
};
const fullNames: ReadonlyMap<string, string> = new Map(elements.map(({ name, symbol }) => [name, symbol]));
const LINE = /^[KLM](?:[abgα-γ]|alpha|beta)?[\d,]*$/i;

/**
 * The role of a picture named `name` (a file name without extension, or a name within a file): `map-Fe`, `Fe Kα1`, `map_short_atom_Si`,
 * `iron`, `BSE`, `Electron Image 1` ... Symbols must be spelled as symbols (`Si`, not `si`); the last one counts. `SE` is secondary
 * electrons and `Se` selenium. Names without separators are read where they are a symbol and a line (`FeKa`).
 */
export function roleOfPicture(name: string): PictureRole {
  const words = name.split(/[^\p{L}\p{N},]+/u).filter((word) => word !== "");
  for (let i = words.length - 1; i >= 0; i--) {
    const detector = electrons[words[i]!.toUpperCase()];
    if (detector !== undefined && (words[i] === words[i]!.toUpperCase() || words[i]!.length > 3))
      return { kind: "electrons", detector };
    const element = elementIn(words, i);
    if (element !== undefined) return element;
  }
  return words.some((word) => /^electron(s|en)?$/i.test(word)) ? { kind: "electrons", detector: "electrons" } : { kind: "other" };
}

function elementIn(words: readonly string[], i: number): PictureRole | undefined {
  const word = words[i]!;
  const before = words[i - 1];
  if (LINE.test(word) && before !== undefined && isElement(before)) return roleOf(before, word);
  if (isElement(word)) return roleOf(word, undefined);
  const [, symbol, line] = /^([A-Z][a-z]?)([KLM].*)$/.exec(word) ?? [];
  if (symbol !== undefined && isElement(symbol) && LINE.test(line!)) return roleOf(symbol, line);
  const named = fullNames.get(word.toLowerCase());
  return named === undefined ? undefined : roleOf(named, undefined);
}

function roleOf(element: string, line: string | undefined): PictureRole {
  return { kind: "element", element, line: line === undefined ? undefined : normaliseLineName(`${element} ${line}`) };
}
