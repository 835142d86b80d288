/** Every view that the workspace can show and every panel of the inspector: one line each. */

import type { PanelDefinition } from "../session/view-session.js";
import { abundancesView } from "../views/abundances/definition.js";
import { calibrationPanel, calibrationView } from "../views/calibration/definition.js";
import { classesPanel } from "../views/classes/definition.js";
import { compareView } from "../views/compare/definition.js";
import { compositionPanel } from "../views/composition/definition.js";
import { cropPanel } from "../views/crop/definition.js";
import { curvesView } from "../views/curves/definition.js";
import { distributionsView } from "../views/distributions/definition.js";
import { doubtPanel } from "../views/doubt/definition.js";
import { elementsView } from "../views/elements/definition.js";
import { fitView } from "../views/fit/definition.js";
import { gatePanel } from "../views/gate/definition.js";
import { historyPanel } from "../views/history/definition.js";
import { identificationPanel } from "../views/identification/definition.js";
import { latentView } from "../views/latent/definition.js";
import { loadReportPanel } from "../views/load-report/panel.js";
import { mapView } from "../views/map/definition.js";
import { modalView } from "../views/modal/definition.js";
import { namesPanel } from "../views/names/definition.js";
import { pageView } from "../views/page/definition.js";
import { parametersPanel } from "../views/parameters/definition.js";
import { particlesView } from "../views/particles/definition.js";
import { phasesView } from "../views/phases/phases-view.js";
import { quantitiesPanel } from "../views/quantities/definition.js";
import { recipePanel } from "../views/recipe/definition.js";
import { reportView } from "../views/report/definition.js";
import { selectionPanel } from "../views/selection/definition.js";
import { spectrumView } from "../views/spectrum/definition.js";
import { stepsView } from "../views/steps/steps-view.js";
import { ternaryView } from "../views/ternary/definition.js";
import { unmixPanel, unmixView } from "../views/unmix/definition.js";
import { type RegisteredView, registered } from "./registered-view.js";

export const views: readonly RegisteredView[] = [
  registered(mapView),
  registered(latentView),
  registered(elementsView),
  registered(abundancesView),
  registered(spectrumView),
  registered(unmixView),
  registered(fitView),
  registered(modalView),
  registered(compareView),
  registered(ternaryView),
  registered(pageView),
  registered(reportView),
  registered(particlesView),
  registered(calibrationView),
  registered(distributionsView),
  registered(curvesView),
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
