import type { ViewSession } from "../session/view-session.js";
import { spectrumView } from "../views/spectrum/definition.js";
import { viewAlone } from "./alone.js";
import { selectionOfClass } from "./example-session.js";
import type { GalleryEntry } from "./gallery-entry.js";

/** Makes a class active and selects the pixels of another. */
export function withSelection(active: number, selected: number) {
  return ({ linked, analysis }: ViewSession): void => {
    if (analysis === undefined) return;
    linked.visibleClasses.set({ ...linked.visibleClasses.current.value, active }, "example");
    linked.selection.set(selectionOfClass({ analysis }, selected), "example");
  };
}

const withWindow = (session: ViewSession): void => {
  withSelection(0, 2)(session);
  session.linked.energyWindow.set({ fromKev: 1.94, toKev: 2.09, name: "P_Ka" }, "example");
};

const withPixel = ({ linked }: ViewSession): void => linked.hover.set({ kind: "pixel", pixel: 700 }, "example");

export const spectrumEntry: GalleryEntry = {
  id: "spectrum",
  title: "Spectrum",
  width: 1060,
  height: 290,
  states: [
    {
      name: "selection",
      render: viewAlone(spectrumView, { prepare: withSelection(0, 2), spec: { pins: [{ kind: "class", id: 3 }] } }),
    },
    { name: "as table", render: viewAlone(spectrumView, { prepare: withSelection(0, 2), pressed: "Show as table" }) },
    { name: "window", render: viewAlone(spectrumView, { prepare: withWindow }) },
    { name: "hovered pixel", render: viewAlone(spectrumView, { prepare: withPixel, spec: { maximum: true, scale: "sqrt" } }) },
    { name: "difference", render: viewAlone(spectrumView, { prepare: withSelection(0, 2), spec: { comparison: "difference" } }) },
    {
      name: "ratio",
      render: viewAlone(spectrumView, { prepare: withSelection(1, 2), spec: { comparison: "ratio", scale: "linear" } }),
    },
    { name: "before analysis", render: viewAlone(spectrumView, { changes: { analysis: undefined } }) },
    { name: "nothing open", render: viewAlone(spectrumView, { changes: { analysis: undefined, image: undefined } }) },
  ],
};
