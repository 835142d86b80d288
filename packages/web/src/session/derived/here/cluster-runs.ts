/** How often a clustering starts, and how its number of classes is chosen. */
import { countOf, formatCount, formatNumber } from "@sigma-eds/core";
import type { Clustered } from "./cluster-ground.js";
import { pixelsOf } from "./ground.js";
import type { MethodEntry } from "./teller.js";
import { secondsWords } from "./words.js";

/** Of starts: what the last run took with its own number of them. */
export function startsWords(starts: number, { measured, basis }: Clustered): string {
  const before = measured?.entry.step === "cluster" && "nInit" in measured.entry ? measured.entry.nInit : undefined;
  const words = `${countOf(starts, "fit")} of ${countOf(pixelsOf(basis), "point")}; the best is kept`;
  if (measured === undefined || before === undefined) return `${words}.`;
  return `${words}, about ${secondsWords((measured.seconds / before) * starts)} in all.`;
}

type Choose = MethodEntry<"cluster", "k-means">["choose"];

export function chooseWords(choose: Choose, isAuto: boolean, { result, basis }: Clustered): string {
  const numbers = choose.most - choose.fewest + 1;
  const points = Math.min(pixelsOf(basis), choose.mostPoints);
  const tried = `${countOf(numbers, "number")} of classes, ${formatCount(choose.fewest)} to ${formatCount(choose.most)}, ${formatCount(choose.runs)} runs each on ${countOf(points, "point")}`;
  if (!isAuto) return `Without effect while the number is given; auto would try ${tried}.`;
  const chosen = result?.classNumber;
  return chosen === undefined ? `Tries ${tried}.` : `Tried ${tried}; took ${formatNumber(chosen.nClasses)}.`;
}
