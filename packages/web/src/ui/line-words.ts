import { lineText } from "@sigma-eds/core";

/** A sentence with the names of lines as people write them: `Fe Kα decides` for `Fe_Ka decides`. */
export function withLineWords(sentence: string): string {
  return sentence.replace(/\b[A-Z][a-z]?_[KLM]\w*/g, lineText);
}
