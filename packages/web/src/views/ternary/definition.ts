import type { ViewDefinition } from "../../session/view-session.js";
import { type TernarySpec, TernaryView } from "./ternary-view.js";

export const ternaryView: ViewDefinition<TernarySpec> = {
  id: "ternary",
  title: "Ternary",
  component: TernaryView,
  parseSpec(saved) {
    const { corners } = (typeof saved === "object" && saved !== null ? saved : {}) as { readonly corners?: unknown };
    return { corners: Array.isArray(corners) ? corners.filter((line) => typeof line === "string").slice(0, 3) : [] };
  },
};
