import { isBeingRead } from "../session/refusals.js";
import { DatasetList } from "./dataset-list.js";
import { LoadingView } from "./loading-view.js";
import { useSessionContext } from "./session-context.js";
import { Workspace } from "./workspace.js";

/** What stands between belt and status line: the views, or what comes before them. */
export function WorkPlace() {
  const { shown } = useSessionContext();
  const { activity, file, image } = shown;
  if (isBeingRead(activity)) return <LoadingView />;
  if (image === undefined && file !== undefined && file.datasets.length > 1) return <DatasetList />;
  return <Workspace stage={shown.stage} />;
}
