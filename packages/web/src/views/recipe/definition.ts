import type { PanelDefinition } from "../../session/view-session.js";
import { RecipePanel } from "./recipe-panel.js";

export const recipePanel: PanelDefinition = {
  id: "recipe",
  title: "Recipe",
  component: RecipePanel,
  stages: ["find-phases", "edit", "report"],
  place: "tab",
};
