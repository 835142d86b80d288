/** Every view that the workspace can show and every panel of the inspector: one line each. What Start does not show comes when it is first shown. */

import type { PanelDefinition } from "../session/view-session.js";
import { calibrationPanel } from "../views/calibration/panel-definition.js";
import { classesPanel } from "../views/classes/definition.js";
import { compositionPanel } from "../views/composition/definition.js";
import { cropPanel } from "../views/crop/definition.js";
import { doubtPanel } from "../views/doubt/definition.js";
import { gatePanel } from "../views/gate/definition.js";
import { historyPanel } from "../views/history/definition.js";
import { identificationPanel } from "../views/identification/definition.js";
import { latentView } from "../views/latent/definition.js";
import { loadReportPanel } from "../views/load-report/panel.js";
import { mapView } from "../views/map/definition.js";
import { namesPanel } from "../views/names/definition.js";
import { parametersPanel } from "../views/parameters/definition.js";
import { phasesView } from "../views/phases/phases-view.js";
import { quantitiesPanel } from "../views/quantities/definition.js";
import { recipePanel } from "../views/recipe/definition.js";
import { selectionPanel } from "../views/selection/definition.js";
import { spectrumView } from "../views/spectrum/definition.js";
import { stepsView } from "../views/steps/steps-view.js";
import { unmixPanel, unmixView } from "../views/unmix/definition.js";
import { type RegisteredView, registered, registeredLater } from "./registered-view.js";

export const views: readonly RegisteredView[] = [
  registered(mapView),
  registered(latentView),
  registeredLater("elements", "Elements", async () => (await import("../views/elements/definition.js")).elementsView),
  registeredLater("abundances", "Abundances", async () => (await import("../views/abundances/definition.js")).abundancesView),
  registered(spectrumView),
  registered(unmixView),
  registeredLater("fit", "Fit", async () => (await import("../views/fit/definition.js")).fitView),
  registeredLater("modal", "Modal results", async () => (await import("../views/modal/definition.js")).modalView),
  registeredLater("compare", "Compare", async () => (await import("../views/compare/definition.js")).compareView),
  registeredLater("ternary", "Ternary", async () => (await import("../views/ternary/definition.js")).ternaryView),
  registeredLater("page", "Report", async () => (await import("../views/page/definition.js")).pageView),
  registeredLater("report", "Figure", async () => (await import("../views/report/definition.js")).reportView),
  registeredLater("particles", "Particles", async () => (await import("../views/particles/definition.js")).particlesView),
  registeredLater("calibration", "Calibration", async () => (await import("../views/calibration/definition.js")).calibrationView),
  registeredLater(
    "distributions",
    "Distributions",
    async () => (await import("../views/distributions/definition.js")).distributionsView,
  ),
  registeredLater("curves", "Curves", async () => (await import("../views/curves/definition.js")).curvesView),
  registered(stepsView),
  registered(phasesView),
];

export const panels: readonly PanelDefinition[] = [
  loadReportPanel,
  calibrationPanel,
  cropPanel,
  parametersPanel,
  unmixPanel,
  identificationPanel,
  namesPanel,
  quantitiesPanel,
  classesPanel,
  compositionPanel,
  doubtPanel,
  recipePanel,
  gatePanel,
  selectionPanel,
  historyPanel,
];

export function viewNamed(id: string): RegisteredView | undefined {
  return views.find((view) => view.id === id);
}

/** Makes an entry of the list above. */
export { registered };
