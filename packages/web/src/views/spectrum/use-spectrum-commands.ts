import { useEffect, useRef } from "react";
import { type Answer, asking } from "../../session/commands.js";
import type { ViewSession } from "../../session/view-session.js";
import type { SpectrumSpec } from "./spectrum-spec.js";

interface Acts {
  change(part: Partial<SpectrumSpec>): void;
  pin(): void;
  openElements(): void;
  compareWith(typed: string): readonly Answer[];
}

/** What keys and the palette do with the spectrum beyond the controls of its header, as long as it is shown. */
export function useSpectrumCommands({ commands }: ViewSession, acts: Acts): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    return commands.register([
      { id: "spectrum.pin", title: "Pin spectrum", keys: "P", run: () => latest.current.pin() },
      {
        id: "spectrum.elements",
        title: "Periodic table",
        keys: "E",
        words: "mark elements lines",
        run: () => latest.current.openElements(),
      },
      asking({
        id: "spectrum.compare-with",
        title: "Compare spectrum with...",
        words: "difference sigma sum class pin",
        asks: {
          prompt: "The sum, a class or a pinned spectrum",
          otherwise: "Nothing of that name to compare with.",
          answers: (typed) => latest.current.compareWith(typed),
        },
      }),
      {
        id: "spectrum.fit",
        title: "Show the whole spectrum",
        keys: "Home",
        words: "zoom out",
        run: () => latest.current.change({ range: undefined }),
      },
    ]);
  }, [commands]);
}
