import { gatePanel } from "../views/gate/definition.js";
import { panelAlone } from "./alone.js";
import type { GalleryEntry } from "./gallery-entry.js";

/** The card of rules, which is there while the Gate tool is chosen. */
export const gateEntry: GalleryEntry = {
  id: "gate",
  title: "Gate",
  width: 320,
  height: 260,
  states: [
    {
      name: "chosen, no rule yet",
      render: panelAlone(gatePanel, { prepare: ({ linked }) => linked.tool.set("gate", "gallery") }),
    },
    { name: "another tool", render: panelAlone(gatePanel) },
  ],
};
