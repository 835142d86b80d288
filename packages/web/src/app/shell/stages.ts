import {
  type Icon,
  IconArrowsSplit2,
  IconFileText,
  IconLasso,
  IconPencilSearch,
  IconSparkles,
  IconWaveSine,
} from "@tabler/icons-react";
import type { Stage } from "../../session/view-session.js";

export interface StageWords {
  readonly id: Stage;
  readonly title: string;
  readonly icon: Icon;
}

/** The steps of the work, as the rail lists them; Shift and the place of one goes to it. */
export const stageWords: readonly StageWords[] = [
  { id: "inspect", title: "Inspect", icon: IconWaveSine },
  { id: "find-phases", title: "Find phases", icon: IconSparkles },
  { id: "edit", title: "Edit", icon: IconLasso },
  { id: "unmix", title: "Unmix", icon: IconArrowsSplit2 },
  { id: "identify", title: "Identify", icon: IconPencilSearch },
  { id: "report", title: "Report", icon: IconFileText },
];
