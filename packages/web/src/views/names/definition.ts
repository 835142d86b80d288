import type { PanelDefinition } from "../../session/view-session.js";
import { later } from "../../ui/later.js";

export const namesPanel: PanelDefinition = {
  id: "names",
  title: "Names",
  ...later(async () => (await import("./names-panel.js")).NamesPanel),
  stages: ["identify"],
  place: "tab",
};
