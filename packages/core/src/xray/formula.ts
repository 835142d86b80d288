/** Chemical formulas to compositions. */
import { ParameterError } from "../errors.js";
import { elementNamed, isElement } from "./elements.js";

/** Amounts by element symbol, in the order in which the formula first names them. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * Atoms per formula unit: `CaAl2Si2O8`, `(Mg0.9Fe0.1)2SiO4`, nested brackets of any kind, and hydrates as `CaSO4·2H2O` or
 * `CaSO4*2H2O`. Throws {@link ParameterError} that names the place for anything else.
 */
export function parseFormula(formula: string): Amounts {
  const text = formula.replace(/\s+/g, "").replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080));
  const amounts: Record<string, number> = {};
  const reader = { text, at: 0 };
  for (;;) {
    const factor = readNumber(reader) ?? 1;
    readGroup(reader, undefined, factor, amounts, formula);
    if (reader.at >= text.length) break;
    reader.at += 1;
  }
  const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  if (!(total > 0)) fail(formula, "It holds no atoms.");
  return amounts;
}

/** Shares of the atoms, sum 1. */
export function atomicFractions(amounts: Amounts): Amounts {
  return normalised(amounts, () => 1);
}

/** Shares of the mass, sum 1, from atoms per formula unit (or atomic fractions). Throws `ParameterError` for an unknown element. */
export function massFractions(amounts: Amounts): Amounts {
  return normalised(amounts, (symbol) => elementNamed(symbol).atomicWeight);
}

/** Mean atomic number weighted by mass, the usual measure of the brightness in a backscattered-electron image. */
export function meanAtomicNumber(fractionsByMass: Amounts): number {
  let sum = 0;
  let mass = 0;
  for (const [symbol, fraction] of Object.entries(fractionsByMass)) {
    sum += fraction * elementNamed(symbol).number;
    mass += fraction;
  }
  return sum / mass;
}

interface Reader {
  readonly text: string;
  at: number;
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const separators = "·•*";

/** Reads up to `end` (or a separator or the end of the text) and adds `factor` times what it holds to `into`. */
function readGroup(reader: Reader, end: string | undefined, factor: number, into: Record<string, number>, formula: string): void {
  while (reader.at < reader.text.length) {
    const character = reader.text.charAt(reader.at);
    if (character === end) return;
    if (end === undefined && separators.includes(character)) return;
    const close = closing[character];
    const inner: Record<string, number> = {};
    if (close === undefined) {
      inner[readSymbol(reader, formula)] = 1;
    } else {
      reader.at += 1;
      readGroup(reader, close, 1, inner, formula);
      if (reader.text.charAt(reader.at) !== close) fail(formula, `The bracket ${character} is not closed.`);
      reader.at += 1;
    }
    const times = factor * (readNumber(reader) ?? 1);
    for (const [symbol, amount] of Object.entries(inner)) into[symbol] = (into[symbol] ?? 0) + times * amount;
  }
}

function readSymbol(reader: Reader, formula: string): string {
  const two = reader.text.slice(reader.at, reader.at + 2);
  const symbol = /^[A-Z][a-z]$/.test(two) ? two : reader.text.charAt(reader.at);
  if (!isElement(symbol)) fail(formula, `There is no element ${JSON.stringify(symbol)} (character ${reader.at + 1}).`);
  reader.at += symbol.length;
  return symbol;
}

function readNumber(reader: Reader): number | undefined {
  const digits = /^\d+(\.\d+)?|^\.\d+/.exec(reader.text.slice(reader.at));
  if (digits === null) return undefined;
  reader.at += digits[0].length;
  return Number(digits[0]);
}

function fail(formula: string, problem: string): never {
  throw new ParameterError(problem, {
    where: "formula",
    found: JSON.stringify(formula),
    expected: "element symbols with numbers and brackets",
    remedy: "Write it, for example, as CaAl2Si2O8 or (Mg0.9Fe0.1)2SiO4.",
  });
}

function normalised(amounts: Amounts, weight: (symbol: string) => number): Amounts {
  const weighted = Object.entries(amounts).map(([symbol, amount]) => [symbol, amount * weight(symbol)] as const);
  const sum = weighted.reduce((total, [, amount]) => total + amount, 0);
  return Object.fromEntries(weighted.map(([symbol, amount]) => [symbol, amount / sum]));
}
