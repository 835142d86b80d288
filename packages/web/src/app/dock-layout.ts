/** Arrangements in the form in which dockview keeps layouts. */
import { Orientation, type SerializedDockview } from "dockview-react";
import type { Arrangement, Place } from "./arrangements.js";

export interface Leaf {
  readonly type: "leaf";
  readonly data: { readonly views: string[]; readonly activeView: string; readonly id: string; readonly hideHeader: boolean };
  readonly size: number;
}

interface Branch {
  readonly type: "branch";
  readonly data: Node[];
  readonly size: number;
}

type Node = Leaf | Branch;

/** Name under which the one component of dockview that draws views is registered. */
export const VIEW = "view";

export function savedLayout(
  places: Arrangement,
  width: number,
  height: number,
  titleOf: (view: string) => string,
): SerializedDockview {
  let groups = 0;
  const nodeOf = (place: Place, along: number, across: number): Node => {
    const size = place.share * along;
    if ("views" in place) {
      groups += 1;
      const views = [...place.views];
      return { type: "leaf", data: { views, activeView: views[0]!, id: `group-${groups}`, hideHeader: views.length < 2 }, size };
    }
    return { type: "branch", data: place.split.map((part) => nodeOf(part, across, size)), size };
  };
  const root: Branch = { type: "branch", data: places.map((place) => nodeOf(place, height, width)), size: width };
  const panels = Object.fromEntries(viewsOf(places).map((id) => [id, { id, contentComponent: VIEW, title: titleOf(id) }]));
  return { grid: { root, width, height, orientation: Orientation.VERTICAL }, panels } as SerializedDockview;
}

function viewsOf(places: Arrangement): string[] {
  return places.flatMap((place) => ("views" in place ? [...place.views] : viewsOf(place.split)));
}
