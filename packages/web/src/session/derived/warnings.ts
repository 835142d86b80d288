/** Warnings as the app says them: where the core names a step of the recipe, the part of the app that does it, with the way there. */
import type { ViewSession } from "../view-session.js";

export interface ShownWarning {
  readonly sentence: string;
  readonly act: { readonly label: string; run(): void } | undefined;
}

type Actions = Pick<ViewSession["actions"], "openPanel" | "openView" | "showAllControls">;

interface Place {
  /** As the core says it. */
  readonly words: string;
  /** As the app does. */
  readonly said: string;
  readonly label: string;
  go(actions: Actions): void;
}

const places: readonly Place[] = [
  {
    words: "by the step quantify with Cliff and Lorimer's method",
    said: "by Cliff and Lorimer's method, in the tab Amounts",
    label: "Open Amounts",
    go: (actions) => actions.openPanel("quantities"),
  },
  {
    words: "put the step calibrate with method spectrum before the others",
    said: "calibrate the energies by the spectrum, in Calibration",
    label: "Open Calibration",
    go: (actions) => actions.openView("calibration"),
  },
  {
    words: "set beamEnergyKev in the step calibrate",
    said: "state the beam energy in the step Calibrate, among all controls",
    label: "Open all controls",
    go: (actions) => {
      actions.showAllControls(true);
      actions.openPanel("parameters");
    },
  },
];

/** In the order of the result. */
export function shownWarnings(warnings: readonly string[], actions: Actions): ShownWarning[] {
  return warnings.map((sentence) => shownWarning(sentence, actions));
}

export function shownWarning(sentence: string, actions: Actions): ShownWarning {
  const place = places.find(({ words }) => sentence.includes(words));
  if (place === undefined) return { sentence, act: undefined };
  return { sentence: sentence.replace(place.words, place.said), act: { label: place.label, run: () => place.go(actions) } };
}
