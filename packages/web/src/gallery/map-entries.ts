import type { ViewSession } from "../session/view-session.js";
import { mapView } from "../views/map/definition.js";
import { viewAlone } from "./alone.js";
import { selectionOfClass } from "./example-session.js";
import type { GalleryEntry } from "./gallery-entry.js";

function colouredBy(by: ViewSession["linked"]["colouring"]["current"]["value"]["by"]) {
  return ({ linked }: ViewSession): void => linked.colouring.set({ ...linked.colouring.current.value, by }, "gallery");
}

/** The map in all its states. */
export const mapEntry: GalleryEntry = {
  id: "map",
  title: "Map",
  width: 640,
  height: 540,
  states: [
    { name: "classes over the picture", render: viewAlone(mapView) },
    {
      name: "a selection, the cursor, names",
      render: (context) =>
        viewAlone(mapView, {
          spec: { names: true },
          prepare: ({ linked }) => {
            linked.selection.set(selectionOfClass(context.data, 2), "gallery");
            linked.hover.set({ kind: "pixel", pixel: 40 * 128 + 61 }, "gallery");
          },
        })(context),
    },
    {
      name: "zoomed in, doubt below 0.9, patterns for all",
      render: viewAlone(mapView, {
        spec: { doubtBelow: 0.9 },
        changes: { patternsForAll: true },
        prepare: ({ linked }) => linked.mapCamera.set({ x: 70, y: 40, scale: 14 }, "gallery"),
      }),
    },
    { name: "an element", render: viewAlone(mapView, { prepare: colouredBy({ kind: "line", line: "Ca_Ka" }) }) },
    {
      name: "a mix of three",
      render: viewAlone(mapView, { prepare: colouredBy({ kind: "mix", lines: ["Fe_Ka", "Ca_Ka", "Si_Ka"] }) }),
    },
    {
      name: "three endmembers in one picture",
      render: viewAlone(mapView, { prepare: colouredBy({ kind: "abundance-mix", indices: [0, 1, 2] }) }),
    },
    { name: "beside the picture below it", render: viewAlone(mapView, { spec: { swipe: 0.5 } }) },
    { name: "how sure it is", render: viewAlone(mapView, { prepare: colouredBy({ kind: "entropy" }) }) },
    {
      name: "one class alone",
      render: viewAlone(mapView, {
        prepare: ({ linked }) => linked.visibleClasses.set({ ...linked.visibleClasses.current.value, solo: 1 }, "gallery"),
      }),
    },
    { name: "read, not analysed", render: viewAlone(mapView, { changes: { analysis: undefined } }) },
    {
      name: "partial result",
      render: viewAlone(mapView, {
        changes: {
          partial: true,
          activity: {
            kind: "running",
            startedAt: 0,
            stopping: false,
            steps: [
              { title: "Elements", state: "done", fraction: 1, message: undefined, seconds: 2 },
              { title: "Find phases", state: "running", fraction: 0.4, message: undefined, seconds: undefined },
            ],
          },
        },
      }),
    },
    { name: "settings have changed", render: viewAlone(mapView, { changes: { stale: ["features"] } }) },
    { name: "nothing open", render: viewAlone(mapView, { changes: { analysis: undefined, image: undefined } }) },
  ],
};
