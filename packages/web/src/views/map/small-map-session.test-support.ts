/** A session over a map of 24 x 16 pixels with two classes, for tests of the map: class 0 in bands left and right, class 1 between. */
import { classColour, parseRecipe } from "@sigma-eds/core";
import { commandRegistry } from "../../session/commands.js";
import type { Linked } from "../../session/linked.js";
import { sharedValue } from "../../session/shared-value.js";
import type { Actions, ViewSession } from "../../session/view-session.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

const [width, height] = [24, 16];

export function smallMapSession(linked: Linked): { readonly session: ViewSession; readonly said: string[] } {
  const said: string[] = [];
  const labels = Int32Array.from({ length: width * height }, (_, p) => (p % width < 6 || p % width >= 20 ? 0 : 1));
  const spectrum = new Float64Array(8).fill(1);
  const classes = [0, 1].map((id) => ({
    ...{ id, name: `Class ${id + 1}`, colour: classColour(id), pixels: 1, areaFraction: 0.5, areaUm2: undefined },
    ...{ counts: 1, countsPerPixel: 1, dominantLines: [] },
  }));
  const analysis: AnalysisSnapshot = {
    ...{
      mask: undefined,
      sumSpectrum: spectrum,
      lines: [],
      features: undefined,
      elementMaps: [],
      latent: undefined,
      labels,
      classes,
    },
    ...{ membership: undefined, classSpectra: [spectrum, spectrum], unmixing: undefined, evidence: undefined },
    ...{ choices: [], warnings: [], notConverged: [], labelsSha256: undefined },
    grid: { width, height, frames: 1, pixelSizeUm: [0.5, 0.5] },
    energyAxis: { name: "energy", size: 8, offset: 0, scale: 0.1, units: "keV" },
    countMap: new Float32Array(width * height).fill(5),
    recipe: parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "find-phases" }] }),
  };
  const actions = new Proxy({} as Actions, {
    get: (_, name) => (name === "say" ? (sentence: string) => said.push(sentence) : () => Promise.resolve()),
  });
  const answer = () => sharedValue({ of: -1, value: undefined });
  const session: ViewSession = {
    ...{ linked, file: undefined, image: undefined, analysis, partial: false, recipe: analysis.recipe, stale: [] },
    ...{
      activity: { kind: "idle" },
      lastSteps: [],
      stoppedAt: undefined,
      problem: undefined,
      history: [],
      branches: [],
      stage: "edit",
    },
    ...{
      allControls: false,
      classColumns: ["area", "interval"],
      patternsForAll: false,
      theme: "dark",
      actions,
      commands: commandRegistry(),
    },
    engine: {
      pixelSpectrum: async () => ({ pixels: 1, spectrum }),
      spectrumOf: async () => ({ pixels: 1, spectrum }),
      windowMap: async () => new Float32Array(width * height),
      identify: () => new Promise(() => {}),
      difference: () => new Promise(() => {}),
      calibrationPreview: () => new Promise(() => {}),
      featureSpreads: async () => [],
      pixelsInStage: async () => new Uint8Array(0),
      readStandards: async () => [],
      resultFiles: async () => [],
      report: async () => "",
    },
    now: () => session,
    resultAt: () => new Promise(() => {}),
    answers: { hovered: answer(), selected: answer(), windowMap: answer() },
  };
  return { session, said };
}
