/** Which parameters a word names. */
import { choiceWords } from "../../ui/parameters/choice-words.js";
import type { Field, StepForm } from "../../ui/parameters/schema-fields.js";

/** Of a step that is found by its own name all parameters; else those whose name, unit, choices or help hold every word. Nothing sought: all. */
export function fieldsFound({ title, fields }: Pick<StepForm, "title" | "fields">, sought: string): readonly Field[] {
  const words = wordsOf(sought);
  if (holdsAll(title, words)) return fields;
  return fields.filter((field) => holdsAll(textOf(field, title), words));
}

/** Whether the choice of the method is what is sought: by its name, the step's, or a method's. */
export function methodFound({ title, methods }: Pick<StepForm, "title" | "methods">, sought: string): boolean {
  return methods.length > 1 && holdsAll(["Method", title, ...methods, ...methods.map(choiceWords)].join(" "), wordsOf(sought));
}

function textOf({ name, title, unit, help, choices }: Field, step: string): string {
  return [step, name, title, unit, help, ...choices.map(choiceWords)].join(" ");
}

function wordsOf(sought: string): string[] {
  return sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

function holdsAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
