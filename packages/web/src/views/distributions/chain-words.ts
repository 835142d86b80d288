/** What was done to features, one after the other, as a sentence. */

/** By the words that the core writes. */
const acts: Readonly<Record<string, string>> = {
  "divided by the counts of the pixel": "divided by the counts of the pixel",
  "neighbour-average": "averaged with the eight neighbours",
  "z-score": "brought to mean 0 and spread 1 for each line",
  softmax: "made positive shares of 1 in each pixel",
};

/** `divided by the counts of the pixel, then averaged with the eight neighbours.` */
export function chainSentence(treatment: readonly string[]): string {
  if (treatment.length === 0) return "the same counts, as they are.";
  return `${treatment.map((one) => acts[one] ?? one).join(", then ")}.`;
}

/** Whether values are still counts after it. */
export function keepsUnit(treatment: string): boolean {
  return treatment === "neighbour-average";
}
