import type { ViewSession } from "../session/view-session.js";
import { latentView } from "../views/latent/definition.js";
import { viewAlone } from "./alone.js";
import { selectionOfClass } from "./example-session.js";
import type { GalleryEntry } from "./gallery-entry.js";

const byCalcium = ({ linked }: ViewSession): void => {
  linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "line", line: "Ca_Ka" } }, "gallery");
};

/** The latent space in all its states. */
export const latentEntry: GalleryEntry = {
  id: "latent",
  title: "Latent space",
  width: 500,
  height: 540,
  states: [
    { name: "classes", render: viewAlone(latentView) },
    {
      name: "a selection and a hovered pixel",
      render: (context) =>
        viewAlone(latentView, {
          prepare: ({ linked }) => {
            linked.selection.set(selectionOfClass(context.data, 2), "gallery");
            linked.hover.set({ kind: "pixel", pixel: 40 * 128 + 61 }, "gallery");
          },
        })(context),
    },
    { name: "ellipses", render: viewAlone(latentView, { spec: { ellipses: true } }) },
    { name: "an element", render: viewAlone(latentView, { spec: { classColours: false, names: false }, prepare: byCalcium }) },
    {
      name: "two classes hidden",
      render: viewAlone(latentView, {
        prepare: ({ linked }) =>
          linked.visibleClasses.set({ ...linked.visibleClasses.current.value, hidden: new Set([0, 1]) }, "gallery"),
      }),
    },
    {
      name: "growing, without classes",
      render: (context) =>
        viewAlone(latentView, {
          changes: {
            partial: true,
            analysis: { ...context.data.analysis, labels: undefined, membership: undefined, classes: [], classSpectra: [] },
          },
        })(context),
    },
    { name: "nothing open", render: viewAlone(latentView, { changes: { analysis: undefined, image: undefined } }) },
  ],
};
