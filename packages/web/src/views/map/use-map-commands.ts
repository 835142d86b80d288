import { useEffect, useRef } from "react";
import type { ViewSession } from "../../session/view-session.js";
import type { MapSpec } from "./map-spec.js";

/** What keys and the palette offer of the map beyond the controls of its header, as long as it is shown. */
export function useMapCommands({ commands }: ViewSession, spec: MapSpec, onSpec: (spec: MapSpec) => void): void {
  const latest = useRef({ spec, onSpec });
  latest.current = { spec, onSpec };
  useEffect(() => {
    const flip = (): void => {
      const { spec: now, onSpec: change } = latest.current;
      change({ ...now, doubt: !now.doubt });
    };
    return commands.register([
      {
        id: "map.doubt",
        title: "Show or hide doubt on the map",
        keys: "D",
        words: "hatching membership",
        run: flip,
      },
    ]);
  }, [commands]);
}
