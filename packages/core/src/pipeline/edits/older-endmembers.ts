import type { Analysis } from "../analysis.js";
import { arePixelsMoved } from "./moved-pixels.js";

/** Whether endmembers and abundances are those of the phases as they were found, while edits gave pixels to other classes. */
export function endmembersAreOlder(analysis: Partial<Pick<Analysis, "unmixing" | "labels" | "edits">>): boolean {
  return analysis.unmixing?.method === "find-phases" && arePixelsMoved(analysis);
}

/** What is said of such endmembers wherever they are shown. */
export const OLDER_ENDMEMBERS =
  "Pixels were given to other classes since: these are the endmembers and abundances of the phases as they were found.";
