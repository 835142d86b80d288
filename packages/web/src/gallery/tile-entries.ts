import { abundancesView } from "../views/abundances/definition.js";
import { elementsView } from "../views/elements/definition.js";
import { viewAlone } from "./alone.js";
import type { GalleryEntry } from "./gallery-entry.js";

/** The grid of element maps in all its states. */
export const elementsEntry: GalleryEntry = {
  id: "elements",
  title: "Elements",
  width: 760,
  height: 560,
  states: [
    { name: "all lines", render: viewAlone(elementsView) },
    {
      name: "a mix of three",
      render: viewAlone(elementsView, {
        prepare: ({ linked }) => {
          linked.colouring.set(
            { ...linked.colouring.current.value, by: { kind: "mix", lines: ["Fe_Ka", "Ca_Ka", "Si_Ka"] } },
            "gallery",
          );
          linked.hover.set({ kind: "pixel", pixel: 40 * 128 + 61 }, "gallery");
        },
      }),
    },
    {
      name: "zoomed",
      render: viewAlone(elementsView, {
        prepare: ({ linked }) => linked.mapCamera.set({ x: 60, y: 50, scale: 16, across: 40 }, "gallery"),
      }),
    },
    { name: "read, not analysed", render: viewAlone(elementsView, { changes: { analysis: undefined } }) },
    { name: "nothing open", render: viewAlone(elementsView, { changes: { analysis: undefined, image: undefined } }) },
  ],
};

/** The grid of abundances in all its states. */
export const abundancesEntry: GalleryEntry = {
  id: "abundances",
  title: "Abundances",
  width: 760,
  height: 400,
  states: [
    { name: "of classes", render: viewAlone(abundancesView) },
    {
      name: "not unmixed",
      render: (context) =>
        viewAlone(abundancesView, { changes: { analysis: { ...context.data.analysis, unmixing: undefined } } })(context),
    },
  ],
};
