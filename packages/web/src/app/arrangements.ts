/** Default arrangements of the workspace, one per stage: rows of columns with their shares, in views that the registry has. */
import type { Stage } from "../session/view-session.js";

export type Place =
  | { readonly views: readonly string[]; readonly share: number }
  | { readonly split: readonly Place[]; readonly share: number };

/** From top to bottom; each split divides the other way. */
export type Arrangement = readonly Place[];

const view = (share: number, ...views: readonly string[]): Place => ({ views, share });
const split = (share: number, ...parts: readonly Place[]): Place => ({ split: parts, share });

export const arrangements: Readonly<Record<Stage | "start", Arrangement>> = {
  start: [split(0.57, view(0.6, "map"), view(0.4, "latent")), split(0.43, view(0.68, "spectrum"), view(0.32, "phases"))],
  inspect: [split(0.5, view(0.5, "map"), view(0.5, "elements")), view(0.5, "spectrum")],
  "find-phases": [
    split(0.6, view(0.55, "map"), view(0.45, "latent")),
    split(0.4, view(0.4, "steps", "curves"), view(0.6, "spectrum")),
  ],
  edit: [split(0.66, view(0.57, "map"), view(0.43, "latent")), view(0.34, "spectrum")],
  unmix: [split(0.62, view(0.5, "unmix"), view(0.5, "abundances")), view(0.38, "spectrum")],
  identify: [split(0.55, view(0.45, "map"), view(0.55, "fit", "modal", "ternary", "compare")), view(0.45, "spectrum")],
  report: [split(1, view(0.5, "page"), view(0.5, "report", "particles"))],
};

/** From this width on, CSS pixels, there is room for the element maps beside everything else. */
export const WIDE = 2200;
const MAPS = "elements";

/** The arrangement with a column for the element maps at the right, unless it shows them already. */
export function withMapsBeside(places: Arrangement): Arrangement {
  const shows = (list: Arrangement): boolean =>
    list.some((place) => ("views" in place ? place.views.includes(MAPS) : shows(place.split)));
  return shows(places) ? places : [split(1, split(0.8, ...places), view(0.2, MAPS))];
}

/** The arrangement without views that are not known, and without places that are empty then; shares add up to 1 again. */
export function withKnownViews(places: Arrangement, isKnown: (view: string) => boolean): Arrangement {
  const kept = places.flatMap((place): Place[] => {
    if ("views" in place) {
      const views = place.views.filter(isKnown);
      return views.length === 0 ? [] : [{ views, share: place.share }];
    }
    const parts = withKnownViews(place.split, isKnown);
    return parts.length === 0 ? [] : [{ split: parts, share: place.share }];
  });
  const all = kept.reduce((sum, { share }) => sum + share, 0);
  return kept.map((place) => ({ ...place, share: place.share / all }));
}

/** A group of views in the workspace, CSS pixels. */
interface Group {
  readonly views: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Where there are tabs already; else where a square is largest. Never over the map, in which everything is seen. */
export function groupForTab<T extends Group>(groups: readonly T[]): T | undefined {
  const side = ({ width, height }: Group): number => Math.min(width, height);
  const hasTabs = ({ views }: Group): number => Number(views.length > 1);
  return groups
    .filter(({ views }) => views.length > 0 && !views.includes("map"))
    .toSorted((a, b) => hasTabs(b) - hasTabs(a) || side(b) - side(a))[0];
}
