import { useEffect } from "react";

interface Source {
  subscribe(listener: () => void): () => void;
}

/** Calls `draw` in the next animation frame after any of the sources changed, once however many changes there were, and once at the start. */
export function useSharedFrame(sources: readonly Source[], draw: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is written out at each call; its members keep their identity
  useEffect(() => {
    let frame = 0;
    const ask = (): void => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          draw();
        });
    };
    const stops = sources.map((source) => source.subscribe(ask));
    ask();
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [draw, ...sources]);
}
