/** The reasons as data and in words. */
import { countOf } from "../../numbers.js";
import { isEnergyCalibrated } from "../../spectrum-image/axis.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import { fwhmKev } from "../../xray/detector.js";
import { linesNear } from "../../xray/lines.js";
import { type Component, distance } from "./components.js";
import type { Endmembers } from "./endmembers.js";
import type { BinEvidence, FoundPhases, PhaseEvidence, RejectedCandidate } from "./found-phases.js";
import { placeOf } from "./frames.js";
import type { Rejection } from "./search.js";
import { scoreOf } from "./subspace.js";
import type { Finished } from "./summary.js";

export interface Evidence {
  readonly finished: Finished;
  /** Phase of each component. */
  readonly phaseOf: readonly number[];
  readonly labels: Int32Array;
  readonly endmembers: Endmembers;
  /** Shares per bin of each phase. */
  readonly spectra: readonly Float64Array[];
}

const BINS_SHOWN = 6;
/** The strongest line of each series: a weak line that lies as near is named only where there is none. */
const STRONGEST = /_[KLM]a1?$/;

/** Phases with their evidence, and the rejected candidates. */
export function evidenceOf(evidence: Evidence): Pick<FoundPhases, "phases" | "rejected"> {
  const { finished, phaseOf, spectra } = evidence;
  const pixels = spectra.map(() => 0);
  for (const label of evidence.labels) if (label >= 0) pixels[label]! += 1;
  const scores = spectra.map((shares) => scoreOf(finished.search.space, shares));
  const phases = spectra.map((_, id) => phaseEvidence(evidence, scores, pixels, id));
  const rejected = finished.search.rejected.map((rejection) => rejected_(evidence, rejection, phaseOf));
  return { phases, rejected };
}

function phaseEvidence(
  evidence: Evidence,
  scores: readonly Float64Array[],
  pixels: readonly number[],
  id: number,
): PhaseEvidence {
  const { finished, phaseOf, endmembers } = evidence;
  const members = finished.search.components.filter((_, k) => phaseOf[k] === id);
  const { discovery } = members.reduce((a, b) => (a.discovery.order <= b.discovery.order ? a : b));
  const bins = binEvidence(finished, discovery);
  let nearest: PhaseEvidence["nearest"];
  scores.forEach((score, other) => {
    const gap = distance(score, scores[id]!);
    if (other !== id && (nearest === undefined || gap < nearest.distance)) {
      nearest = { id: other, distance: gap, countsNeeded: Math.ceil(16 / Math.max(gap, 1e-9)) };
    }
  });
  const place = placeOf(finished.counts.frames, discovery.pixel);
  const sentence =
    discovery.order === 0
      ? `The most common spectrum of the map; its calmest pixels gather around it.`
      : `Found at ${place}: an area there differs from every mixture of the phases known before, by ${errorsFor(discovery.z)}. It has ${wordsFor(bins)}.`;
  return {
    id,
    discovery: discovery.order,
    seedPixel: discovery.pixel,
    seedArea: discovery.area,
    effect: discovery.effect,
    z: discovery.z,
    bins,
    pixels: pixels[id]!,
    purePixels: endmembers.pixels[id]!,
    counts: endmembers.counts[id]!,
    nearest,
    sentence,
  };
}

function binEvidence(finished: Finished, discovery: Component["discovery"]): BinEvidence[] {
  const { bins, input } = finished;
  const calibrated = isEnergyCalibrated(input.energyAxis);
  const named = input.elements ?? input.metadata?.elements ?? [];
  const search = { minimumWeight: 0.05, elements: named.length > 0 ? named : undefined };
  const sigma = Float64Array.from(
    discovery.measured,
    (m, j) => (m - discovery.predicted[j]!) / Math.max(1e-12, discovery.error[j]!),
  );
  const order = [...sigma.keys()].sort((a, b) => Math.abs(sigma[b]!) - Math.abs(sigma[a]!) || a - b);
  return order.slice(0, BINS_SHOWN).map((j) => {
    const energyKev = bins.energy[j]!;
    const near = calibrated ? linesNear(energyKev, 0.7 * fwhmKev(energyKev), search) : [];
    const line = (near.find(({ name }) => STRONGEST.test(name)) ?? near[0])?.name;
    return { energyKev, line, measured: discovery.measured[j]!, predicted: discovery.predicted[j]!, sigma: sigma[j]! };
  });
}

/** Beyond this nobody doubts, and the digits say nothing. */
const MOST_ERRORS = 100;

function errorsFor(z: number): string {
  return z > MOST_ERRORS ? `more than ${MOST_ERRORS} standard errors` : `${z.toFixed(0)} standard errors`;
}

function wordsFor(bins: readonly BinEvidence[]): string {
  const name = (bin: BinEvidence) => bin.line ?? `counts at ${bin.energyKev.toFixed(2)} keV`;
  const more = [...new Set(bins.filter((b) => b.sigma > 0).map(name))];
  const less = [...new Set(bins.filter((b) => b.sigma < 0).map(name))].filter((line) => !more.includes(line));
  return [more.length > 0 ? `more ${more.join(", ")}` : "", less.length > 0 ? `less ${less.join(", ")}` : ""]
    .filter((part) => part !== "")
    .join("; ");
}

function rejected_(evidence: Evidence, rejection: Rejection, phaseOf: readonly number[]): RejectedCandidate {
  const { components } = evidence.finished.search;
  const explainedBy = rejection.parents.flatMap(({ component, weight }) => {
    const k = components.findIndex((c) => c.discovery.order === component.discovery.order);
    return k < 0 ? [] : [{ id: phaseOf[k]!, weight }];
  });
  return {
    reason: rejection.reason,
    seedPixel: rejection.pixel,
    area: rejection.area,
    effect: rejection.effect,
    explainedBy,
    sentence: `${rejection.reason} at ${placeOf(evidence.finished.counts.frames, rejection.pixel)} ${rejection.note ?? ""}`,
  };
}

/** What was chosen from the data, one sentence each. */
export function decisionsMade({ scales, search, bins, drift }: Finished): Pick<Finding, "code" | "message">[] {
  const joined = search.rejected.filter(({ reason }) => reason === "continuum").length;
  const smoothed = scales.all.map((s) => s.toFixed(2)).join(", ");
  return [
    {
      code: "typical-counts",
      message: `A typical pixel holds ${countOf(Math.round(scales.typicalCounts), "count")} at the energies that decide: half of these counts lie in pixels with fewer.`,
    },
    {
      code: "smoothing",
      message: `Spectra were smoothed over ${smoothed} pixels before they were compared; at ${scales.medium.toFixed(2)} it was decided what is a phase.`,
    },
    ...(drift === undefined
      ? []
      : [
          {
            code: "drift-corrected",
            message: `The energy scale drifts by ${(100 * drift.range).toFixed(2)} % over the map (${drift.z.toFixed(0)} standard errors); it was put back row by row.`,
          },
        ]),
    {
      code: "energy-bins",
      message: `Channels were joined into ${bins.count} energy bins; ${search.space.axes} directions in them rise above counting noise.`,
    },
    ...(joined === 0
      ? []
      : [{ code: "gradients-joined", message: `Ends of gradients that were joined with the phase they lead to: ${joined}.` }]),
  ];
}
