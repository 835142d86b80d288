/** The map's own settings, saved with the session. */
import type { Colouring } from "../../session/linked.js";

/** What lies under the colours: a picture of the file by its place in the list, the total counts, or nothing. */
export type MapBase =
  | { readonly kind: "image"; readonly index: number }
  | { readonly kind: "counts" }
  | { readonly kind: "none" };

export interface MapSpec {
  readonly base: MapBase;
  /** Of class colours, 0 to 1. */
  readonly opacity: number;
  /** Of values (elements, shares): 1, so that colours are those of the colour bar, unless it is changed. */
  readonly valueOpacity: number;
  readonly doubt: boolean;
  /** Best membership below which a region is hatched. */
  readonly doubtBelow: number;
  /** Names of the classes on the map. */
  readonly names: boolean;
  /** What is shown where this map does not follow the others. */
  readonly colouring: Colouring | undefined;
  /** Pan and zoom of its own. */
  readonly unlinked: boolean;
  /** Of a stack, from 0. */
  readonly frame: number;
  /** Share of the width from which on the picture below is shown alone, to compare; undefined: nowhere. */
  readonly swipe: number | undefined;
}

export const mapDefaults: MapSpec = {
  base: { kind: "image", index: 0 },
  opacity: 0.74,
  valueOpacity: 1,
  doubt: true,
  doubtBelow: 0.6,
  names: false,
  colouring: undefined,
  unlinked: false,
  frame: 0,
  swipe: undefined,
};

/** Saved settings; each that does not fit becomes its default. */
export function parseMapSpec(saved: unknown): MapSpec {
  const given: Readonly<Record<string, unknown>> = typeof saved === "object" && saved !== null ? { ...saved } : {};
  const share = (name: "opacity" | "valueOpacity" | "doubtBelow"): number => {
    const value = given[name];
    return typeof value === "number" && value >= 0 && value <= 1 ? value : mapDefaults[name];
  };
  const flag = (name: "doubt" | "names" | "unlinked"): boolean =>
    typeof given[name] === "boolean" ? given[name] : mapDefaults[name];
  const frame = given["frame"];
  return {
    base: parseBase(given["base"]),
    opacity: share("opacity"),
    valueOpacity: share("valueOpacity"),
    doubt: flag("doubt"),
    doubtBelow: share("doubtBelow"),
    names: flag("names"),
    colouring: undefined,
    unlinked: flag("unlinked"),
    swipe: typeof given["swipe"] === "number" ? Math.min(0.98, Math.max(0.02, given["swipe"])) : undefined,
    frame: typeof frame === "number" && Number.isInteger(frame) && frame >= 0 ? frame : 0,
  };
}

function parseBase(saved: unknown): MapBase {
  if (typeof saved !== "object" || saved === null) return mapDefaults.base;
  const { kind, index }: { kind?: unknown; index?: unknown } = saved;
  if (kind === "counts" || kind === "none") return { kind };
  return kind === "image" && typeof index === "number" && Number.isInteger(index) && index >= 0
    ? { kind, index }
    : mapDefaults.base;
}
