/** What a class needs to be seen on the ground of either theme: its own colour, and an edge that stands out from the ground. */
import { lineColour } from "@sigma-eds/core";
import type { CSSProperties } from "react";

const known = new Map<string, CSSProperties>();

/**
 * Custom properties of an element that shows the colour of a class (hex): `--class` is the colour itself, `--class-edge` what its edge has on the ground of the theme,
 * at least 3 to 1 with it (WCAG 2.2, success criterion 1.4.11). Where the colour itself stands out the edge is the same.
 */
export function classTints(colour: string): CSSProperties {
  let tints = known.get(colour);
  if (tints === undefined) {
    tints = {
      "--class": colour,
      "--class-edge": `light-dark(${lineColour(colour, "light")}, ${lineColour(colour, "dark")})`,
    } as CSSProperties;
    known.set(colour, tints);
  }
  return tints;
}
