import { parseRecipe, type Recipe, type RecipeInput } from "@sigma-eds/core";
import type { ViewSession } from "../session/view-session.js";
import { calibrationView } from "../views/calibration/definition.js";
import { calibrationPanel } from "../views/calibration/panel-definition.js";
import { calibrationOf } from "../worker/calibration-query.js";
import type { LoadedImage } from "../worker/engine-protocol.js";
import { panelAlone, viewAlone } from "./alone.js";
import type { GalleryContext, GalleryEntry } from "./gallery-entry.js";

type Entry = Readonly<Record<string, unknown>>;

/** The example as a file would have it whose axis is set wrong by 45 eV and 0.6 %, and a recipe that begins with this calibration. */
function drifted({ data }: GalleryContext, entry?: Entry, axis: Partial<LoadedImage["energyAxis"]> = {}): Partial<ViewSession> {
  const { offset = 0, scale = 0.01 } = data.image.energyAxis;
  const image = {
    ...data.image,
    energyAxis: { ...data.image.energyAxis, offset: offset + 0.045, scale: scale * 1.006, ...axis },
  };
  const engine = {
    ...data,
    pixelsInStage: async () => new Uint8Array(0),
    readStandards: async () => [],
    resultFiles: async () => [],
    report: async () => "",
    calibrationPreview: (given: unknown) => calibrationOf(image, given),
  };
  return { image, engine, recipe: begun(data.analysis.recipe, entry) };
}

function begun(recipe: Recipe, entry: Entry | undefined): Recipe {
  const steps: readonly unknown[] = entry === undefined ? recipe.steps : [{ step: "calibrate", ...entry }, ...recipe.steps];
  return parseRecipe({ ...recipe, steps: steps as RecipeInput["steps"] });
}

function alone(entry?: Entry, axis?: Partial<LoadedImage["energyAxis"]>, pressed?: string) {
  const pressing = pressed === undefined ? {} : { pressed };
  return (context: GalleryContext) =>
    viewAlone(calibrationView, { changes: drifted(context, entry, axis), ...pressing })(context);
}

const bare = { offset: undefined, scale: undefined, units: undefined };
const peaks = [
  { line: "O_Ka", measuredKev: 0.573 },
  { line: "Fe_Ka", measuredKev: 6.487 },
];

export const calibrationEntries: readonly GalleryEntry[] = [
  {
    id: "calibration",
    title: "Calibration",
    width: 1060,
    height: 560,
    states: [
      { name: "as in the file", render: alone() },
      { name: "fitted to lines", render: alone({ automatic: "both" }) },
      { name: "a fit that is tried", render: alone(undefined, undefined, "Fit to lines") },
      { name: "by hand, with peaks", render: alone({ peaks }) },
      { name: "no energies in the file", render: alone(undefined, bare) },
      { name: "as table", render: alone({ automatic: "energy" }, undefined, "Show as table") },
      { name: "nothing open", render: viewAlone(calibrationView, { changes: { image: undefined } }) },
    ],
  },
  {
    id: "energies",
    title: "Energies",
    width: 370,
    height: 140,
    states: [
      { name: "as in the file", render: panelAlone(calibrationPanel) },
      {
        name: "fitted",
        render: (context) => panelAlone(calibrationPanel, { changes: drifted(context, { automatic: "energy" }) })(context),
      },
    ],
  },
];
