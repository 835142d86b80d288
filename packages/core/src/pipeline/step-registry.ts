/** Every step that a recipe may have: one line each. Shared code never asks for an id; it asks the registry. */
import type { Stage, Step } from "./step.js";
import { bin } from "./steps/bin.js";
import { calibrate } from "./steps/calibrate.js";
import { cluster } from "./steps/cluster.js";
import { crop } from "./steps/crop.js";
import { decompose } from "./steps/decompose.js";
import { edit } from "./steps/edit.js";
import { elements } from "./steps/elements.js";
import { embed } from "./steps/embed.js";
import { features } from "./steps/features.js";
import { findPhasesStep } from "./steps/find-phases.js";
import { identify } from "./steps/identify.js";
import { maps } from "./steps/maps.js";
import { mask } from "./steps/mask.js";
import { normalise } from "./steps/normalise.js";
import { quantify } from "./steps/quantify.js";
import { spectra } from "./steps/spectra.js";
import { stability } from "./steps/stability.js";
import { statistics } from "./steps/statistics.js";
import { unmix } from "./steps/unmix.js";
import { upscale } from "./steps/upscale.js";

export const steps = {
  calibrate,
  crop,
  bin,
  mask,
  elements,
  "find-phases": findPhasesStep,
  decompose,
  maps,
  features,
  normalise,
  embed,
  cluster,
  edit,
  spectra,
  stability,
  statistics,
  unmix,
  identify,
  quantify,
  upscale,
} satisfies Partial<Record<Stage, Step>>;

export type StepId = keyof typeof steps;

/** The schemas of all steps, for the recipe's union over `step`. */
export const stepSchemas = [
  calibrate.schema,
  crop.schema,
  bin.schema,
  mask.schema,
  elements.schema,
  findPhasesStep.schema,
  decompose.schema,
  maps.schema,
  features.schema,
  normalise.schema,
  embed.schema,
  cluster.schema,
  edit.schema,
  spectra.schema,
  stability.schema,
  statistics.schema,
  unmix.schema,
  identify.schema,
  quantify.schema,
  upscale.schema,
] as const;

/** The step with an id that the recipe's schema has accepted. */
export function stepNamed(id: StepId): Step {
  return steps[id];
}
