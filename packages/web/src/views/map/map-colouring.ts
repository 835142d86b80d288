import type { Colouring } from "../../session/linked.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { MAP_SOURCE } from "./map-acts.js";
import type { MapSpec } from "./map-spec.js";

/** What colours this map: its own choice where it does not follow the others. */
export function useMapColouring({ session, spec, onSpec }: ViewProps<MapSpec>): {
  colouring: Colouring;
  choose(colouring: Colouring): void;
} {
  const shared = useSharedValue(session.linked.colouring).value;
  const choose = (colouring: Colouring): void => {
    if (spec.colouring === undefined) session.linked.colouring.set(colouring, MAP_SOURCE);
    else onSpec({ ...spec, colouring });
  };
  return { colouring: spec.colouring ?? shared, choose };
}
