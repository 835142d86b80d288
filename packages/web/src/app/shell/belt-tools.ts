import {
  type Icon,
  IconBrush,
  IconFilter,
  IconHandStop,
  IconLasso,
  IconLayersDifference,
  IconLayersIntersect2,
  IconLayersUnion,
  IconMarquee2,
  IconPointer,
  IconSquareFilled,
  IconWand,
} from "@tabler/icons-react";
import type { SelectionMode, Tool } from "../../session/linked.js";

export interface ToolWords<T extends string> {
  readonly id: T;
  readonly title: string;
  readonly keys: string;
  readonly icon: Icon;
}

export const toolWords: readonly ToolWords<Tool>[] = [
  { id: "hand", title: "Hand", keys: "H", icon: IconHandStop },
  { id: "pick", title: "Pick", keys: "V", icon: IconPointer },
  { id: "rectangle", title: "Rectangle", keys: "R", icon: IconMarquee2 },
  { id: "lasso", title: "Lasso", keys: "L", icon: IconLasso },
  { id: "brush", title: "Brush", keys: "B", icon: IconBrush },
  { id: "wand", title: "Wand", keys: "W", icon: IconWand },
  { id: "gate", title: "Gate", keys: "G", icon: IconFilter },
];

export const modeWords: readonly ToolWords<SelectionMode>[] = [
  { id: "replace", title: "Replace the selection", keys: "Shift R", icon: IconSquareFilled },
  { id: "add", title: "Add to the selection", keys: "Shift A", icon: IconLayersUnion },
  { id: "subtract", title: "Subtract from the selection", keys: "Shift S", icon: IconLayersDifference },
  { id: "intersect", title: "Intersect with the selection", keys: "Shift X", icon: IconLayersIntersect2 },
];
