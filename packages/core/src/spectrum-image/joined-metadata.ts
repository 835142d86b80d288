/** Metadata of several images that become one. */
import type { Detector, Metadata } from "./spectrum-image.js";

/** What is true of all images together: the first's, with live and real times added up and all elements named; a tilt only where all have it. */
export function joinedMetadata(all: readonly Metadata[]): Metadata {
  const first = all[0]!;
  const tilts = new Set(all.map(({ stage }) => stage?.tiltDeg));
  const { tiltDeg, ...stage } = first.stage ?? {};
  return {
    ...first,
    detector: {
      ...first.detector,
      liveTimeS: addedUp(all, "liveTimeS"),
      realTimeS: addedUp(all, "realTimeS"),
    },
    stage: first.stage === undefined || tilts.size === 1 || tiltDeg === undefined ? first.stage : stage,
    elements: [...new Set(all.flatMap(({ elements }) => elements))].sort(),
  };
}

function addedUp(all: readonly Metadata[], time: keyof Detector & ("liveTimeS" | "realTimeS")): number | undefined {
  let sum = 0;
  for (const { detector } of all) {
    const seconds = detector[time];
    if (seconds === undefined) return undefined;
    sum += seconds;
  }
  return sum;
}
