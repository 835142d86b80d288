import { candidateText } from "../algorithms/name-phases/candidate-text.js";
import type { ClassIdentity } from "../pipeline/identified-classes.js";

/** What a class may be in a few words: its name where it has one alone, else the best and how many others fit as well; a dash where none does. */
export function shortName({ verdict, shown }: Pick<ClassIdentity, "verdict" | "shown">): string {
  const [first, ...others] = shown.map(({ name, series }) => series ?? name);
  if (first === undefined) return "–";
  if (verdict === "mixture" || others.length === 0) return shown.map(candidateText).join(" + ");
  return others.length === 1 ? `${first} or ${others[0]}` : `${first} or ${others.length} others`;
}
