/** A selection as the regions of a recipe's edit, so that the edit takes exactly the selected pixels. */
import type { Region } from "@sigma-eds/core";
import type { SelectionPart } from "../linked.js";

/** What a region must say so that it is refused on any other map or latent space. */
export interface DrawnOn {
  /** Shape of the navigation plane, slowest axis first. */
  readonly shape: readonly number[];
  /** SHA-256 of the latent space, where there is one. */
  readonly latentSha256: string | undefined;
}

export function recipeRegions(parts: readonly SelectionPart[], on: DrawnOn): Region[] {
  return parts.map((part) => regionOf(part, on));
}

function regionOf(part: SelectionPart, { shape, latentSha256 }: DrawnOn): Region {
  switch (part.on) {
    case "map":
      return { on: "map", corners: mutable(part.corners), shape: [...shape], mode: part.mode };
    case "latent": {
      const [across, up] = part.dimensions;
      const region = { on: "latent", corners: mutable(part.corners), dimensions: [across, up], mode: part.mode } satisfies Region;
      return latentSha256 === undefined ? region : { ...region, latentSha256 };
    }
    case "class":
      return { on: "class", ids: [...part.ids], mode: part.mode };
    case "gate":
      return { on: "gate", expression: part.expression, of: part.of, mode: part.mode };
  }
}

function mutable(corners: readonly (readonly [number, number])[]): [number, number][] {
  return corners.map(([x, y]) => [x, y]);
}
