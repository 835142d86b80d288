import {
  countOf,
  type FoundPhases,
  formatCount,
  formatNumber,
  formatPercent,
  linesOf,
  lineText,
  listOf,
  mainLine,
} from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import type { Basis } from "./basis.js";
import { levelsOf } from "./levels.js";
import type { EntryOf, Tellers } from "./teller.js";
import {
  axisWords,
  belowWords,
  distanceWords,
  energyWords,
  meanCounts,
  pixelsWords,
  rangeWords,
  shareWords,
  someOf,
} from "./words.js";

type FindPhases = EntryOf<"find-phases">;

export const findPhases: Tellers<FindPhases> = {
  detail(value, { result }) {
    const closest = closestPhases(result?.evidence);
    const share = `A line with a tenth of the counts must differ by ${formatPercent(Math.sqrt(value / 0.1))}, or several by less.`;
    if (result?.evidence === undefined || closest === undefined) return share;
    const { distance, ids } = closest;
    return `Gave ${countOf(result.evidence.phases.length, "phase")}; the two most alike, ${listOf(ids.map((id) => nameOf(id, result)))}, differ by ${formatNumber(distance)}.`;
  },
  significance(value, { result, basis }) {
    const added = result?.evidence?.phases.filter(({ discovery }) => discovery > 0) ?? [];
    if (added.length === 0 || result === undefined)
      return `A map of ${formatNumber(meanCounts(basis))} counts a pixel is searched for differences above ${formatNumber(value)} standard errors.`;
    const weakest = added.reduce((one, other) => (other.z < one.z ? other : one));
    return `Of the phases found, ${nameOf(weakest.id, result)} stood least above noise when it was added, by ${formatNumber(weakest.z)} standard errors.`;
  },
  smallestGrain: (value, { basis }) => `${pixelsWords(value, basis)}; smaller grains go to the phases that are there.`,
  effectiveCounts(value, { basis }) {
    const { typical } = levelsOf(basis.countMap);
    const { sigma, isLimited } = smoothingOf(value, typical, basis);
    const limit = isLimited ? `: the ${sigma < 1 ? "least" : "most"} that is ever taken` : "";
    const gathered = 4 * Math.PI * sigma * sigma;
    return `Smooths by a Gaussian of about ${distanceWords(Number(sigma.toPrecision(2)), basis)}${limit}, which gathers the counts of about ${countOf(Math.round(gathered), "pixel")} of ${formatNumber(typical)}.`;
  },
  vacuumThreshold(value, { basis }) {
    const levels = levelsOf(basis.countMap);
    const limit = value * levels.typical;
    const below = levels.below(limit);
    const words =
      below === 0
        ? "no pixel has fewer before smoothing"
        : `${countOf(below, "pixel")} have fewer before smoothing, ${shareWords(below, basis)}`;
    return `About ${formatNumber(limit)} counts of a typical ${formatNumber(levels.typical)}: ${words}.`;
  },
  maximumPhases(value, { result }) {
    const found = result?.evidence?.phases.length;
    if (found === undefined) return `The search ends with ${countOf(value, "phase")}, if it has not ended before.`;
    return found < value
      ? `${countOf(found, "phase")} were found: the limit did not act.`
      : `${countOf(found, "phase")} were found: the limit ended the search.`;
  },
  neighbourCounts(value, { basis }) {
    const counts = meanCounts(basis);
    return `A pixel itself has ${formatNumber(counts)} counts: its neighbours weigh ${formatNumber(value / Math.max(1e-9, counts), 2)} times as much.`;
  },
  lowestEnergyKev: (value, { basis }) => `Leaves out ${belowWords(value, basis)}.`,
  ignoredEnergiesKev(value, { basis, entry }) {
    if (value.length === 0)
      return `None: all channels from ${formatNumber(entry.lowestEnergyKev)} keV on decide, of ${axisWords(basis.energyAxis)}.`;
    return `Leaves out ${listOf(value.map((range) => rangeWords(range, basis)))}.`;
  },
  ignoredElements(value, { input, basis }) {
    if (value.length > 0) return `Leaves out ${linesWords(value, basis)}.`;
    const lines = input?.lines ?? [];
    return lines.length === 0
      ? `None: lines of all elements from ${axisWords(basis.energyAxis)} decide.`
      : `None: all decide, ${countOf(lines.length, "marked line")} among them: ${someOf(lines.map(lineText), 8)}.`;
  },
  correctDrift(value, { result, basis }) {
    const rows = countOf(basis.grid.height, "row");
    if (!value) return `The ${rows} of the map are compared as they are.`;
    const drift = result?.decisions?.find(({ code }) => code === "drift-corrected")?.message;
    if (result === undefined) return `Looks for a shift of the peaks over the ${rows} of the map.`;
    return drift ?? `No shift of the peaks over the ${rows} of the map stood above counting noise.`;
  },
  correctAbsorption(value, { basis: { grid } }) {
    const size = `${formatCount(grid.width)} × ${formatCount(grid.height)} pixels`;
    return value
      ? `Over ${size} a slow change of the low energies is taken out.`
      : `A slow change of the low energies over ${size} may make a phase.`;
  },
  joinGradients(value, { result }) {
    const rejected = result?.evidence?.rejected;
    if (rejected === undefined)
      return value
        ? "Phases whose mixtures fill the way between them are joined."
        : "Both ends of a gradient count, as two phases.";
    const joined = rejected.filter(({ reason }) => reason === "continuum").length;
    if (!value) return `The ends stay apart; ${countOf(result?.evidence?.phases.length ?? 0, "phase")} were found.`;
    return joined === 0
      ? "No candidate was the end of a gradient: nothing was joined."
      : `${countOf(joined, "candidate")} ended a gradient and ${joined === 1 ? "was" : "were"} joined.`;
  },
};

/** Limits of the smoothing, pixels: those of the method. */
const [NARROWEST, WIDEST] = [0.7, 3];

/** Standard deviation, pixels, at which about so many counts are gathered; of the counts of all energies. */
function smoothingOf(counts: number, typical: number, { grid }: Basis): { sigma: number; isLimited: boolean } {
  const ratio = counts / Math.max(1, typical);
  const wanted = grid.height === 1 ? ratio / (2 * Math.sqrt(Math.PI)) : Math.sqrt(ratio / (4 * Math.PI));
  const sigma = Math.min(WIDEST, Math.max(NARROWEST, wanted));
  return { sigma, isLimited: sigma !== wanted };
}

function closestPhases(found: FoundPhases | undefined): { distance: number; ids: readonly [number, number] } | undefined {
  const near =
    found?.phases.flatMap(({ id, nearest }) =>
      nearest === undefined ? [] : [{ distance: nearest.distance, ids: [id, nearest.id] as const }],
    ) ?? [];
  return near.toSorted((a, b) => a.distance - b.distance)[0];
}

/** Of a phase as it was found; its number, where a person has made other classes of it. */
function nameOf(id: number, { classes }: AnalysisSnapshot): string {
  const name = classes.find((one) => one.id === id)?.name;
  return name === undefined ? `phase ${id + 1}` : `“${name}”`;
}

function linesWords(elements: readonly string[], { beamEnergyKev }: Basis): string {
  const words = elements.map((element) => {
    const lines = linesOf(element).filter(({ edgeKev }) => edgeKev < (beamEnergyKev ?? Infinity));
    const main = mainLine(element, beamEnergyKev);
    const named = main === undefined ? "" : `, ${lineText(main.name)} at ${energyWords(main.energyKev)} among them`;
    return `${countOf(lines.length, "line")} of ${element}${named}`;
  });
  return listOf(words);
}
