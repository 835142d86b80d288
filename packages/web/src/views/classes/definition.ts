import type { PanelDefinition } from "../../session/view-session.js";
import { ClassList } from "./class-list.js";

export const classesPanel: PanelDefinition = {
  id: "classes",
  title: "Classes",
  component: ClassList,
  stages: ["edit", "find-phases", "identify"],
  place: "tab",
};
