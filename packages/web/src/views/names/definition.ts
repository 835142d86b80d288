import type { PanelDefinition } from "../../session/view-session.js";
import { NamesPanel } from "./names-panel.js";

export const namesPanel: PanelDefinition = {
  id: "names",
  title: "Names",
  component: NamesPanel,
  stages: ["identify"],
  place: "tab",
};
