/** Sentences of the core as readers write them. */
import { lineText, withDecimalSign } from "@sigma-eds/core";

/** A sentence with the names of lines as people write them: `Fe Kα decides` for `Fe_Ka decides`. */
export function withLineWords(sentence: string): string {
  return readersSentence(sentence.replace(/\b[A-Z][a-z]?_[KLM]\w*/g, lineText));
}

/** A sentence with the reader's sign before decimals: the core writes points, whoever reads. Versions and names with several points stay as they are. */
export function readersSentence(sentence: string): string {
  return sentence.replace(/(?<![\w.])\d+\.\d+(?![\w.]*\.\d)(?!\w)/g, withDecimalSign);
}
