/** Rough compositions from a fit, good enough for absorption and continuum. */
import type { MassFractions } from "../../xray/attenuation.js";
import type { Family } from "./families.js";

/** Mass fraction with which an element of which nothing is seen takes part, so that its lines have proportions. */
const TRACE = 1e-6;

/** Equal shares, before anything is known; else what is `known` of these elements, as shares of their sum. */
export function startComposition(elements: readonly string[], known: MassFractions = {}): MassFractions {
  const total = elements.reduce((sum, symbol) => sum + (known[symbol] ?? 0), 0);
  if (!(total > 0)) return Object.fromEntries(elements.map((symbol) => [symbol, 1 / elements.length]));
  return Object.fromEntries(elements.map((symbol) => [symbol, (known[symbol] ?? 0) / total]));
}

/** The composition with a trace of every element that it lacks. */
export function withTraces(composition: MassFractions, elements: readonly string[]): MassFractions {
  return Object.fromEntries(elements.map((symbol) => [symbol, Math.max(TRACE, composition[symbol] ?? 0)]));
}

/**
 * Mass fractions in proportion to counts over counts expected per mass fraction in a sample of `composition`; of each element the family that
 * is expected to give most counts decides. Sum 1; where nothing is above 0, `composition` as it was.
 */
export function compositionOf(families: readonly Family[], counts: ArrayLike<number>, composition: MassFractions): MassFractions {
  const found = new Map<string, { expected: number; amount: number }>();
  families.forEach(({ element, expected }, i) => {
    const known = found.get(element);
    if (known !== undefined && known.expected >= expected) return;
    found.set(element, { expected, amount: Math.max(0, (counts[i]! * composition[element]!) / expected) });
  });
  const total = [...found.values()].reduce((sum, { amount }) => sum + amount, 0);
  if (!(total > 0)) return composition;
  return Object.fromEntries([...found].map(([element, { amount }]) => [element, amount / total]));
}
