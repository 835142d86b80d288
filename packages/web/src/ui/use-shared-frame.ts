import { useEffect } from "react";
import { redrawing } from "./draw-turns.js";

interface Source {
  subscribe(listener: () => void): () => void;
}

/** Calls `draw` soon after any of the sources changed, once however many changes there were, and once at the start. */
export function useSharedFrame(sources: readonly Source[], draw: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is written out at each call; its members keep their identity
  useEffect(() => {
    const { ask, stop } = redrawing(draw);
    const stops = sources.map((source) => source.subscribe(ask));
    ask();
    return () => {
      stop();
      for (const unsubscribe of stops) unsubscribe();
    };
  }, [draw, ...sources]);
}
