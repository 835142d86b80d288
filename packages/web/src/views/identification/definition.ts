import type { PanelDefinition } from "../../session/view-session.js";
import { later } from "../../ui/later.js";

export const identificationPanel: PanelDefinition = {
  id: "identification",
  title: "Elements",
  ...later(async () => (await import("./identification-panel.js")).IdentificationPanel),
  stages: ["identify"],
  place: "tab",
};
