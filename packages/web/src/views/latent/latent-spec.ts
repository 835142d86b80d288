/** The latent view's own settings, saved with the session. */

export const LATENT_SOURCE = "latent";

export interface LatentSpec {
  /** Which two dimensions are drawn, from 0. */
  readonly dimensions: readonly [across: number, up: number];
  readonly names: boolean;
  /** Ellipses of one and two standard deviations of each class. */
  readonly ellipses: boolean;
  /** Colour by class whatever colours the maps. */
  readonly classColours: boolean;
  /** Colour by how many points are near, whatever colours the maps; before `classColours`. */
  readonly densityColours: boolean;
  /** All points in view, strays far from all others too. */
  readonly fitAll: boolean;
}

export const latentDefaults: LatentSpec = {
  dimensions: [0, 1],
  names: true,
  ellipses: false,
  classColours: true,
  densityColours: false,
  fitAll: false,
};

type Flag = "names" | "ellipses" | "classColours" | "densityColours" | "fitAll";

/** Saved settings; each that does not fit becomes its default. */
export function parseLatentSpec(saved: unknown): LatentSpec {
  const given: Readonly<Record<string, unknown>> = typeof saved === "object" && saved !== null ? { ...saved } : {};
  const flag = (name: Flag): boolean => (typeof given[name] === "boolean" ? given[name] : latentDefaults[name]);
  const isDimension = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;
  const dimensions: unknown = given["dimensions"];
  const [across, up]: readonly unknown[] = Array.isArray(dimensions) ? dimensions : [];
  return {
    dimensions: isDimension(across) && isDimension(up) && across !== up ? [across, up] : latentDefaults.dimensions,
    names: flag("names"),
    ellipses: flag("ellipses"),
    classColours: flag("classColours"),
    densityColours: flag("densityColours"),
    fitAll: flag("fitAll"),
  };
}
