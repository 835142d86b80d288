import { type DockviewApi, type DockviewPanelApi, LocalSelectionTransfer, PanelTransfer } from "dockview-react";
import { type DragEvent, useEffect, useMemo, useState } from "react";
import type { ViewChrome } from "../ui/view-chrome.js";

/** What the arrangement lends to the view of a panel: its header is the handle by which it is moved. */
export function useViewChromeOf(api: DockviewPanelApi, container: DockviewApi): ViewChrome {
  const [maximised, setMaximised] = useState(api.isMaximized());
  useEffect(() => {
    const change = container.onDidMaximizedGroupChange(() => setMaximised(api.isMaximized()));
    return () => change.dispose();
  }, [api, container]);
  return useMemo(
    () => ({
      maximised,
      toggleMaximised: () => (api.isMaximized() ? api.exitMaximized() : api.maximize()),
      close: container.totalPanels > 1 ? () => api.close() : undefined,
      startDrag: (event: DragEvent) => {
        const transfer = LocalSelectionTransfer.getInstance<PanelTransfer>();
        transfer.setData([new PanelTransfer(container.id, api.group.id, api.id)], PanelTransfer.prototype);
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
      },
      endDrag: () => LocalSelectionTransfer.getInstance<PanelTransfer>().clearData(PanelTransfer.prototype),
    }),
    [api, container, maximised],
  );
}
