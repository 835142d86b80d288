import { useEffect, useRef } from "react";
import type { ViewSession } from "../../session/view-session.js";
import type { MapSpec } from "./map-spec.js";

/** What keys and the palette offer of the map, as long as it is shown. */
export function useMapCommands({ commands }: ViewSession, spec: MapSpec, onSpec: (spec: MapSpec) => void): void {
  const latest = useRef({ spec, onSpec });
  latest.current = { spec, onSpec };
  useEffect(() => {
    const flip = (name: "doubt" | "names" | "patterns" | "unlinked"): void => {
      const { spec: now, onSpec: change } = latest.current;
      change({ ...now, [name]: !now[name] });
    };
    return commands.register([
      {
        id: "map.doubt",
        title: "Show or hide doubt on the map",
        keys: "D",
        words: "hatching membership",
        run: () => flip("doubt"),
      },
      { id: "map.names", title: "Show or hide names on the map", words: "labels classes", run: () => flip("names") },
      { id: "map.patterns", title: "Patterns for all classes, or few", words: "hatch colour blind", run: () => flip("patterns") },
      { id: "map.unlink", title: "Link or unlink this map's zoom", words: "pan camera own", run: () => flip("unlinked") },
    ]);
  }, [commands]);
}
