/** Text of `results.md`, from what `results.json` and `results-notes.json` hold. */
export function page(results: Readonly<Record<string, unknown>>, notes: Readonly<Record<string, string>>): string;
