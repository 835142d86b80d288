/** X-ray lines as people write them. */

const greek: Readonly<Record<string, string>> = { a: "α", b: "β", g: "γ", z: "ζ", n: "η", l: "ℓ" };
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** `Fe_Ka` as `Fe Kα`, `Au_Lb1` as `Au Lβ₁`, `Pb_M2N4` as `Pb M₂N₄`. What is no line name is returned as it is. */
export function lineText(name: string): string {
  const parts = /^([A-Z][a-z]?)_([KLM])(.*)$/.exec(name);
  if (parts === null) return name;
  const [, symbol, family, rest] = parts as unknown as [string, string, string, string];
  const letters = rest.replace(/^[abgznl]/, (letter) => greek[letter]!);
  return `${symbol} ${family}${letters.replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]!)}`;
}

/** The element of a line name: `Fe` of `Fe_Ka`. */
export function elementOf(name: string): string {
  return name.split("_")[0]!;
}
