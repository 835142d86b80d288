import { useEffect, useRef } from "react";
import type { ViewSession } from "../../session/view-session.js";
import type { SpectrumSpec } from "./spectrum-spec.js";

interface Acts {
  change(part: Partial<SpectrumSpec>): void;
  pin(): void;
  openElements(): void;
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
        title: "Mark element...",
        keys: "E",
        words: "periodic table lines",
        run: () => latest.current.openElements(),
      },
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
