import type { ClassIdentity } from "../pipeline/identified-classes.js";

/** What a class may be in a few words: the best name, and how many others fit as well; a dash where none does. */
export function shortName({ verdict, shown }: Pick<ClassIdentity, "verdict" | "shown">): string {
  const [first, ...others] = shown.map(({ name, series }) => series ?? name);
  if (first === undefined) return "–";
  if (verdict === "mixture") return [first, ...others].join(" + ");
  if (others.length === 0) return first;
  return others.length === 1 ? `${first} or ${others[0]}` : `${first} or ${others.length} others`;
}
