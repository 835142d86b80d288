/** Every view that the workspace can show and every panel of the inspector: one line each. */

import type { PanelDefinition } from "../session/view-session.js";
import { mapView } from "../views/map/definition.js";
import { type RegisteredView, registered } from "./registered-view.js";

export const views: readonly RegisteredView[] = [registered(mapView)];

export const panels: readonly PanelDefinition[] = [];

export function viewNamed(id: string): RegisteredView | undefined {
  return views.find((view) => view.id === id);
}

/** Makes an entry of the list above. */
export { registered };
