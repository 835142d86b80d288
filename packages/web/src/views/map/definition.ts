import type { ViewDefinition } from "../../session/view-session.js";
import { type MapSpec, parseMapSpec } from "./map-spec.js";
import { MapView } from "./map-view.js";

export const mapView: ViewDefinition<MapSpec> = { id: "map", title: "Map", component: MapView, parseSpec: parseMapSpec };
