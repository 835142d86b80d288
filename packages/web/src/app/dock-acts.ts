/** Opening and closing views in the workspace. */
import type { AddPanelOptions, DockviewApi } from "dockview-react";
import { groupForTab } from "./arrangements.js";
import { VIEW } from "./dock-layout.js";
import { viewNamed } from "./view-registry.js";

/** Brings a view to the front, and opens it where it is not there. */
export function showView(api: DockviewApi, id: string): void {
  if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
  const there = api.getPanel(id);
  const view = viewNamed(id);
  if (there !== undefined) there.api.setActive();
  else if (view !== undefined) api.addPanel({ id, component: VIEW, title: view.title, ...placeForNew(api) });
}

/** The last view stays. */
export function closeView(api: DockviewApi, id: string): void {
  if (api.totalPanels > 1) api.getPanel(id)?.api.close();
}

/**
 * A group with one view shows the view's own header alone; with several, a strip of tabs above it. A group is no landmark: the views in it are, and those who hear the page would meet each of
 * them twice.
 */
export function dressGroups(api: DockviewApi): void {
  for (const group of api.groups) {
    if (group.element.getAttribute("role") === "region") group.element.setAttribute("role", "group");
    const hide = group.panels.length < 2;
    if (group.header.hidden !== hide) group.header.hidden = hide;
  }
}

/** A tab: a column of its own would cut what stands in the others. Beside the map, where that is all there is. */
function placeForNew(api: DockviewApi): Pick<AddPanelOptions, "position"> {
  const groups = api.groups.map((group) => {
    const { width, height, panels } = group;
    return { group, width, height, views: panels.map(({ id }) => id) };
  });
  const place = groupForTab(groups);
  if (place === undefined) return { position: { direction: "right" } };
  return { position: { referenceGroup: place.group, direction: "within" } };
}
