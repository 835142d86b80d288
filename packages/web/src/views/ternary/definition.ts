import type { ViewDefinition } from "../../session/view-session.js";
import { type TernarySpec, TernaryView } from "./ternary-view.js";

export const ternaryView: ViewDefinition<TernarySpec> = {
  id: "ternary",
  title: "Ternary",
  component: TernaryView,
  parseSpec(saved) {
    const given: { readonly corners?: unknown; readonly ellipses?: unknown } =
      typeof saved === "object" && saved !== null ? saved : {};
    const { corners, ellipses } = given;
    return {
      ellipses: ellipses !== false,
      corners: Array.isArray(corners) ? corners.filter((line) => typeof line === "string").slice(0, 3) : [],
    };
  },
};
