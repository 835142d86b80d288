/** What was read from JSON, before anything is known of it. */

/** True for objects, lists among them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A recipe as read from JSON with each of its steps changed, in turn. What has no steps is left to the check of the recipe. */
export async function withEachStep(recipe: unknown, change: (step: unknown) => Promise<unknown>): Promise<unknown> {
  if (!isRecord(recipe) || !Array.isArray(recipe["steps"])) return recipe;
  return { ...recipe, steps: await oneByOne(recipe["steps"], change) };
}

/** The same list, each entry changed before the next is looked at: files are read one at a time. */
export async function oneByOne<T>(entries: readonly unknown[], change: (entry: unknown) => Promise<T>): Promise<T[]> {
  const changed: T[] = [];
  for (const entry of entries) changed.push(await change(entry));
  return changed;
}
