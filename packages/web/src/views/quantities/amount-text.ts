/** Amounts as they are written. */
import type { Amount, ClassAmounts } from "../../session/derived/class-amounts.js";
import { withErrors } from "../../ui/decimals-of.js";

/** An amount with its errors of counting, standards and model, in the digits that they permit together. */
export function amountText({ value, counting95, standards95, model95 }: Omit<Amount, "label" | "limit">): AmountText {
  const { value: text, errors } = withErrors(value, [counting95, standards95, model95]);
  const [counting = "", standards = "", model = ""] = errors;
  return { value: text, counting, standards, model };
}

export type AmountText = Readonly<Record<"value" | "counting" | "standards" | "model", string>>;

/** Every label that any class has, in the order in which they come. */
export function allLabels(classes: readonly ClassAmounts[]): string[] {
  return [...new Set(classes.flatMap(({ amounts }) => amounts.map(({ label }) => label)))];
}
