import { type ClassIdentity, countOf, formatCount, formatNumber, withUnit } from "@sigma-eds/core";
import type { Basis } from "./basis.js";
import type { Ground } from "./ground.js";
import type { EntryOf, Tellers } from "./teller.js";
import { axisWords, belowWords, meanCounts, someOf } from "./words.js";

type Identify = Ground<EntryOf<"identify">>;

/** Taken where nothing says the angle, as the step does. */
const USUAL_TAKE_OFF_DEG = 35;

export const identify: Tellers<EntryOf<"identify">> = {
  significance(value, ground) {
    const found = identitiesOf(ground).flatMap(({ elements }) =>
      elements.map(({ element, significance }) => ({ element, significance })),
    );
    if (found.length === 0) return `${formatNumber(value)} standard errors of the counts of a class.`;
    const weakest = found.reduce((one, other) => (other.significance < one.significance ? other : one));
    const numbers = identitiesOf(ground).map(({ elements }) => elements.length);
    const span = `${formatCount(Math.min(...numbers))} to ${formatCount(Math.max(...numbers))} elements`;
    return `Found ${span} in a class; the least sure is ${weakest.element}, at ${formatNumber(weakest.significance)} standard errors.`;
  },
  minimumCounts(value, ground) {
    const all = identitiesOf(ground);
    if (all.length === 0)
      return `${formatCount(value / Math.max(1e-9, meanCounts(ground.basis)))} pixels of ${formatNumber(meanCounts(ground.basis))} counts.`;
    const few = all.filter(({ verdict }) => verdict === "too few counts").length;
    const least = Math.min(...all.map(({ counts }) => counts));
    return `${few === 0 ? "No class has" : `${countOf(few, "class has", "classes have")}`} fewer; the smallest has ${formatCount(least)} in its pure pixels.`;
  },
  library(value, ground) {
    const all = identitiesOf(ground);
    const named = all.filter(({ name }) => name !== undefined).length;
    return all.length === 0
      ? `Names for classes of ${axisWords(ground.basis.energyAxis)}, from ${value === "all" ? "2 lists" : "1 list"}.`
      : `${formatCount(named)} of ${countOf(all.length, "class", "classes")} got a name.`;
  },
  ownPhases(value) {
    if (value.length === 0) return "None of your own: the library alone.";
    return `${countOf(value.length, "phase")}: ${someOf(value.map(({ name }) => name))}.`;
  },
  window: (value, { basis }) => windowWords(value, basis),
  takeOffAngleDeg: (value, { basis }) => takeOffWords(value, basis),
};

function identitiesOf({ result }: Identify): readonly ClassIdentity[] {
  return result?.identities ?? [];
}

/** How much lies where windows differ. */
export function windowWords(value: "polymer" | "beryllium" | "none", basis: Basis): string {
  const words = `Windows differ below 1 keV, where ${belowWords(1, basis)} lie`;
  return value === "none" ? `${words}; without one all of it arrives.` : `${words}.`;
}

export function takeOffWords(
  value: number | undefined,
  { metadata: { detector } }: Basis,
  usual: number | undefined = USUAL_TAKE_OFF_DEG,
): string {
  const stated = detector.elevationAngleDeg;
  const used = value ?? stated ?? usual;
  const source = stated === undefined ? "The file states none" : `The file says ${withUnit(stated, "deg")}`;
  if (used === undefined) return `${source}: it has to be given.`;
  return `${source}. At ${withUnit(used, "deg")} X-rays from a depth of 1 µm pass ${withUnit(1 / Math.sin((used * Math.PI) / 180), "µm")} of the sample.`;
}
