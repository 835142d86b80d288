/** Brings what views and panels are made of before they are shown, while nothing else is to be done. */
import { useEffect } from "react";
import type { Stage } from "../session/view-session.js";
import { type Arrangement, arrangements } from "./arrangements.js";
import { stageWords } from "./shell/stages.js";
import { panels, viewNamed } from "./view-registry.js";

/** The views that a stage has by default, those behind tabs too, then those of the stage that follows it. Start needs no more than it shows. */
export function viewsLikelyNext(stage: Stage | "start"): string[] {
  if (stage === "start") return [];
  const likely = stageWords.filter(({ id }) => isLikely(stage)(id));
  return [...new Set(likely.flatMap(({ id }) => viewsOf(arrangements[id])))];
}

/** A stage and the one that follows it. */
function isLikely(stage: Stage): (other: Stage) => boolean {
  const [here, next] = stageWords.slice(stageWords.findIndex(({ id }) => id === stage));
  return (other) => other === here?.id || other === next?.id;
}

function viewsOf(places: Arrangement): string[] {
  return places.flatMap((place) => ("views" in place ? place.views : viewsOf(place.split)));
}

export function usePreloadedViews(stage: Stage | "start"): void {
  useEffect(() => {
    if (stage === "start") return undefined;
    const parts = [...viewsLikelyNext(stage).map(viewNamed), ...panels.filter(({ stages }) => stages.some(isLikely(stage)))];
    const loads = parts.flatMap((part) => part?.preload ?? []);
    return whenIdle(() => {
      // What cannot be had now is asked for again when it is shown, and told then.
      for (const load of loads) load().catch(() => undefined);
    });
  }, [stage]);
}

/** Where a browser does not tell, milliseconds after which it counts as idle. */
const CALM_MS = 2000;

/** Gives the way to call it off. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const asked = requestIdleCallback(act);
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(act, CALM_MS);
  return () => clearTimeout(timer);
}
