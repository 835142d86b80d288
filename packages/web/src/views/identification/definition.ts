import type { PanelDefinition } from "../../session/view-session.js";
import { IdentificationPanel } from "./identification-panel.js";

export const identificationPanel: PanelDefinition = {
  id: "identification",
  title: "Elements",
  component: IdentificationPanel,
  stages: ["identify"],
  place: "tab",
};
