import type { PanelDefinition, ViewDefinition } from "../../session/view-session.js";
import { UnmixPanel } from "./unmix-panel.js";
import { type UnmixSpec, UnmixView } from "./unmix-view.js";

export const unmixView: ViewDefinition<UnmixSpec> = {
  id: "unmix",
  title: "Endmembers",
  component: UnmixView,
  parseSpec(saved) {
    const endmember = (typeof saved === "object" && saved !== null ? saved : {}) as { readonly endmember?: unknown };
    return {
      endmember: Number.isInteger(endmember.endmember) && Number(endmember.endmember) >= 0 ? Number(endmember.endmember) : 0,
    };
  },
};

export const unmixPanel: PanelDefinition = {
  id: "unmixing",
  title: "Unmix",
  component: UnmixPanel,
  stages: ["unmix"],
  place: "tab",
};
