import type { PanelDefinition } from "../../session/view-session.js";
import { CropPanel } from "./crop-panel.js";

export const cropPanel: PanelDefinition = {
  id: "crop",
  title: "Crop",
  component: CropPanel,
  stages: ["inspect"],
  place: "card",
};
