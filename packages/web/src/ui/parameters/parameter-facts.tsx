import { fieldText, rangeText } from "./field-values.js";
import styles from "./parameters.module.css";
import type { Field } from "./schema-fields.js";
import { valueWords } from "./value-words.js";

interface Props {
  readonly field: Field;
  /** What it is when nobody chose it; undefined where it has no default. */
  readonly usual: { readonly value: unknown } | undefined;
  readonly changed: boolean;
  /** Nothing but the way back. */
  readonly isBrief: boolean;
  onBack(): void;
}

/** Default, unit and range of a parameter in a line, with the way back to the default. */
export function ParameterFacts({ field, usual, changed, isBrief, onBack }: Props) {
  const facts = isBrief ? [] : [usual === undefined ? undefined : defaultWords(field, usual.value), rangeWords(field)];
  const words = facts.filter((part) => part !== undefined);
  if (words.length === 0 && !changed) return null;
  return (
    <p className={styles["facts"]}>
      {words.join(" · ")}{" "}
      {changed && usual !== undefined && (
        <button type="button" onClick={onBack}>
          {`Back to ${usualText(field, usual.value)}`}
        </button>
      )}
    </p>
  );
}

/** `Default 15 pixels`; where the recipe's own differs from that of the step: `Default automatic, in this recipe 100,000`. */
function defaultWords(field: Field, usual: unknown): string {
  const standard = saidValue(field, field.standard);
  const own = saidValue(field, usual);
  return standard === own || isEmptyObject(field.standard) ? `Default ${own}` : `Default ${standard}, in this recipe ${own}`;
}

function saidValue(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "automatic";
  if (isEmptyObject(value)) return "as usual";
  if (Array.isArray(value) && value.length === 0) return "empty";
  // The unit stands behind the range.
  return valueWords(value, { ...field, unit: "" });
}

function usualText(field: Field, value: unknown): string {
  const text = field.kind === "json" ? saidValue(field, value) : fieldText(field, value);
  return text === ""
    ? field.kind === "words"
      ? "none"
      : "automatic"
    : field.kind === "choice" || field.kind === "switch"
      ? saidValue(field, value)
      : text;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function rangeWords(field: Field): string | undefined {
  if (field.minimum === undefined && field.maximum === undefined) return field.unit === "" ? undefined : `in ${field.unit}`;
  return `${rangeText(field)}${field.choices.map((word) => `, or ${word}`).join("")}`;
}
