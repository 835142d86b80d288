import { useEffect, useRef } from "react";
import type { ViewSession } from "../../session/view-session.js";
import type { SpectrumSpec } from "./spectrum-spec.js";

interface Acts {
  change(part: Partial<SpectrumSpec>): void;
  pin(): void;
  reference(): Promise<void>;
  openElements(): void;
}

/** What the palette offers of the spectrum, as long as it is shown. */
export function useSpectrumCommands({ commands }: ViewSession, spec: SpectrumSpec, acts: Acts): void {
  const latest = useRef({ spec, acts });
  latest.current = { spec, acts };
  useEffect(() => {
    const change = (part: (spec: SpectrumSpec) => Partial<SpectrumSpec>): void =>
      latest.current.acts.change(part(latest.current.spec));
    return commands.register([
      {
        id: "spectrum.log",
        title: "Log axis",
        keys: "Y",
        words: "spectrum scale logarithmic",
        run: () => change(() => ({ scale: "log" })),
      },
      { id: "spectrum.sqrt", title: "Square root axis", words: "spectrum scale", run: () => change(() => ({ scale: "sqrt" })) },
      { id: "spectrum.linear", title: "Linear axis", words: "spectrum scale", run: () => change(() => ({ scale: "linear" })) },
      { id: "spectrum.pin", title: "Pin spectrum", keys: "P", run: () => latest.current.acts.pin() },
      {
        id: "spectrum.reference",
        title: "Pin a reference spectrum...",
        words: "msa emsa standard compare file",
        run: () => latest.current.acts.reference(),
      },
      {
        id: "spectrum.elements",
        title: "Mark element...",
        keys: "E",
        words: "periodic table lines",
        run: () => latest.current.acts.openElements(),
      },
      {
        id: "spectrum.difference",
        title: "Compare spectrum: difference",
        keys: "T",
        words: "sigma residual",
        run: () => change(() => ({ comparison: "difference" })),
      },
      {
        id: "spectrum.ratio",
        title: "Compare spectrum: ratio",
        words: "quotient",
        run: () => change(() => ({ comparison: "ratio" })),
      },
      {
        id: "spectrum.maximum",
        title: "Show maximum spectrum",
        words: "maximum pixel",
        run: () => change(({ maximum }) => ({ maximum: !maximum })),
      },
      {
        id: "spectrum.fit",
        title: "Show the whole spectrum",
        keys: "Home",
        words: "zoom out",
        run: () => change(() => ({ range: undefined })),
      },
    ]);
  }, [commands]);
}
