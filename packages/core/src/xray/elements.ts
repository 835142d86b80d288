import { ParameterError } from "../errors.js";
import { elementRows } from "./generated/elements.js";

export interface Element {
  /** `Fe` */
  readonly symbol: string;
  /** Atomic number. */
  readonly number: number;
  /** IUPAC name in lower case, for example `iron`. */
  readonly name: string;
  /** Standard atomic weight; mass number of the longest-lived isotope where there is none. */
  readonly atomicWeight: number;
  /** Of the pure element at room temperature, g/cm3. */
  readonly densityGcm3: number;
}

/** Elements 1 to 98 by atomic number. Lines exist from lithium (3) on. */
export const elements: readonly Element[] = elementRows.split("\n").map((row) => {
  const [number, symbol, name, atomicWeight, density] = row.split(" ") as [string, string, string, string, string];
  return { symbol, number: Number(number), name, atomicWeight: Number(atomicWeight), densityGcm3: Number(density) };
});

const bySymbol: ReadonlyMap<string, Element> = new Map(elements.map((element) => [element.symbol, element]));

/** True for the symbol of an element from hydrogen to californium, in the usual spelling (`Fe`). */
export function isElement(symbol: string): boolean {
  return bySymbol.has(symbol);
}

/** The element of a symbol, in the usual spelling (`Fe`). Throws {@link ParameterError} for any other text. */
export function elementNamed(symbol: string): Element {
  const element = bySymbol.get(symbol);
  if (element === undefined) {
    throw new ParameterError("There is no element of this symbol.", {
      field: "element",
      found: JSON.stringify(symbol),
      expected: "a symbol from H to Cf",
      remedy: "Write the symbol with a capital first letter, for example Fe.",
    });
  }
  return element;
}

/** The element of an atomic number, 1 to 98. Throws {@link ParameterError} for any other number. */
export function elementNumbered(number: number): Element {
  const element = elements[number - 1];
  if (element === undefined) {
    throw new ParameterError("There is no element of this atomic number.", {
      field: "element",
      found: String(number),
      expected: "an integer from 1 to 98",
      remedy: "Give an atomic number between hydrogen (1) and californium (98).",
    });
  }
  return element;
}
