/** What all views share: five values, and the pan and zoom of maps. A view depends on these and on its own settings, on no other view. */
import type { MixPalette } from "./derived/mix-colours.js";
import { type SharedValue, sharedValue } from "./shared-value.js";

/** What the pointer (or the keyboard's cursor) is on. */
export type Hover =
  | { readonly kind: "nothing" }
  | { readonly kind: "pixel"; readonly pixel: number }
  | { readonly kind: "class"; readonly id: number }
  | { readonly kind: "channel"; readonly kev: number }
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "grain"; readonly grain: number };

export type SelectionMode = "replace" | "add" | "subtract" | "intersect";
export type Tool = "hand" | "pick" | "rectangle" | "lasso" | "brush" | "wand" | "gate";

/**
 * One thing that the user did to select. Polygons of the latent space are in its own units, those of the map in pixels of the analysed map (pixel
 * (x, y) covers x to x + 1, y to y + 1), as the recipe's edits want them.
 */
export type SelectionPart =
  | { readonly on: "map"; readonly corners: readonly (readonly [x: number, y: number])[]; readonly mode: SelectionMode }
  | {
      readonly on: "latent";
      readonly corners: readonly (readonly [x: number, y: number])[];
      readonly dimensions: readonly [number, number];
      readonly mode: SelectionMode;
    }
  | { readonly on: "class"; readonly ids: readonly number[]; readonly mode: SelectionMode }
  | { readonly on: "gate"; readonly expression: string; readonly of: "features" | "maps"; readonly mode: SelectionMode };

/** Pixels that are selected, over all pixels, and how they came to be. */
export interface Selection {
  /** One byte a pixel, 1 = selected; length 0 when nothing is analysed yet. Never changed in place. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** In words, for the history: `Lasso in latent space`. */
  readonly made: string;
  /** The recipe that makes the same pixels again, oldest first. */
  readonly parts: readonly SelectionPart[];
}

export interface EnergyWindow {
  readonly fromKev: number;
  readonly toKev: number;
  /** `P_Ka`, where it is named after a line. */
  readonly name: string | undefined;
  /** Windows beside it, at most two, from which what lies under the peak is estimated and taken off. */
  readonly background?: readonly KevRange[] | undefined;
}

export type KevRange = readonly [fromKev: number, toKev: number];

export interface VisibleClasses {
  readonly hidden: ReadonlySet<number>;
  /** When set, only this class is drawn. */
  readonly solo: number | undefined;
  readonly locked: ReadonlySet<number>;
  /** The class against which selections are compared and on which actions work. */
  readonly active: number | undefined;
}

/** What colours the pixels, in every view that is not unlinked. */
export interface Colouring {
  readonly by:
    | { readonly kind: "class" }
    | { readonly kind: "line"; readonly line: string }
    | { readonly kind: "window" }
    | { readonly kind: "mix"; readonly lines: readonly string[] }
    | { readonly kind: "abundance-mix"; readonly indices: readonly number[] }
    | { readonly kind: "component"; readonly index: number }
    | { readonly kind: "abundance"; readonly index: number }
    | { readonly kind: "membership" }
    | { readonly kind: "entropy" }
    | { readonly kind: "stability" }
    | { readonly kind: "second" }
    /** How probable this class is. */
    | { readonly kind: "probability"; readonly id: number }
    /** Counts of one line over those of another. */
    | { readonly kind: "ratio"; readonly over: string; readonly under: string }
    | { readonly kind: "counts" }
    | { readonly kind: "image"; readonly index: number }
    | { readonly kind: "none" };
  readonly colourMap: "inferno" | "grey" | "viridis" | "cividis" | "doubt" | "vik";
  /** Percentiles at which the colours end. */
  readonly percentiles: readonly [low: number, high: number];
  /** Of parts of a mix, by their titles, where they are not those. */
  readonly mixPercentiles?: Readonly<Record<string, readonly [low: number, high: number]>> | undefined;
  readonly gamma: number;
  /** Of mixes. Default red, green, blue. */
  readonly mixPalette?: MixPalette | undefined;
}

/** What of the map is in view: its centre in pixels, and CSS pixels per pixel of the map. */
export interface MapCamera {
  readonly x: number;
  readonly y: number;
  /** `undefined`: as much as fits. */
  readonly scale: number | undefined;
  /** Pixels of the map from left to right of the view in which it was set, so that smaller views show the same part. */
  readonly across?: number | undefined;
}

/** Energies that a panel asks spectra to show, keV; undefined: all that is worth seeing. Each spectrum follows, and may be zoomed further by itself. */
export type EnergyRange = readonly [fromKev: number, toKev: number] | undefined;

/** Whose spectrum is fitted and identified: the active class, all pixels, or the selection. */
export type Subject = "class" | "all" | "selection";

/** What the class list is asked for, by itself or from elsewhere; whoever has done it takes it away. Its panel comes to the front for each but `name-new`. */
export type ClassAsk =
  | { readonly act: "show" }
  /** A class is being made that will be named: what is typed until its field is there; `isWhole` when Enter has ended the name already. */
  | { readonly act: "name-new"; readonly typed: string; readonly isWhole?: boolean | undefined }
  | { readonly act: "rename"; readonly id: number; readonly typed?: string | undefined }
  | { readonly act: "split" | "recluster" | "note"; readonly id: number };

/** How the tools of the belt work, in every view. */
export interface ToolOptions {
  /** Of the brush, pixels of the map, 1 to 200. */
  readonly brushDiameter: number;
  /** Of the wand: how many standard deviations beyond counting noise a spectrum may differ. */
  readonly wandSigma: number;
  /** Of the wand: only pixels that hang together with the clicked one. */
  readonly wandConnected: boolean;
}

export interface Linked {
  readonly hover: SharedValue<Hover>;
  readonly selection: SharedValue<Selection>;
  readonly energyWindow: SharedValue<EnergyWindow | undefined>;
  readonly visibleClasses: SharedValue<VisibleClasses>;
  readonly colouring: SharedValue<Colouring>;
  readonly mapCamera: SharedValue<MapCamera>;
  readonly tool: SharedValue<Tool>;
  readonly mode: SharedValue<SelectionMode>;
  readonly toolOptions: SharedValue<ToolOptions>;
  readonly energyRange: SharedValue<EnergyRange>;
  readonly subject: SharedValue<Subject>;
  /** Best membership below which regions are in doubt, 0 to 1. */
  readonly doubtLimit: SharedValue<number>;
  /** Classes that are chosen in the list, in the order in which they were; those that are gone included. */
  readonly chosenClasses: SharedValue<readonly number[]>;
  readonly classAsk: SharedValue<ClassAsk | undefined>;
  /** What is sought among the controls of the recipe; empty: all are shown. */
  readonly soughtControl: SharedValue<string>;
}

export const nothingSelected: Selection = { mask: new Uint8Array(0), count: 0, made: "", parts: [] };

/** Every class drawn, none locked, none active. */
export const allVisible: VisibleClasses = { hidden: new Set(), solo: undefined, locked: new Set(), active: undefined };

export function linkedValues(): Linked {
  return {
    hover: sharedValue<Hover>({ kind: "nothing" }),
    selection: sharedValue<Selection>(nothingSelected),
    energyWindow: sharedValue<EnergyWindow | undefined>(undefined),
    visibleClasses: sharedValue<VisibleClasses>(allVisible),
    colouring: sharedValue<Colouring>({ by: { kind: "class" }, colourMap: "inferno", percentiles: [1, 99.5], gamma: 1 }),
    mapCamera: sharedValue<MapCamera>({ x: 0, y: 0, scale: undefined }),
    tool: sharedValue<Tool>("pick"),
    mode: sharedValue<SelectionMode>("replace"),
    toolOptions: sharedValue<ToolOptions>({ brushDiameter: 12, wandSigma: 3, wandConnected: true }),
    energyRange: sharedValue<EnergyRange>(undefined),
    subject: sharedValue<Subject>("class"),
    doubtLimit: sharedValue<number>(0.6),
    chosenClasses: sharedValue<readonly number[]>([]),
    classAsk: sharedValue<ClassAsk | undefined>(undefined),
    soughtControl: sharedValue(""),
  };
}
