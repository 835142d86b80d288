import type { ViewSession } from "../session/view-session.js";
import { abundancesView } from "../views/abundances/definition.js";
import { elementsView } from "../views/elements/definition.js";
import { viewAlone } from "./alone.js";
import type { ExampleData } from "./example-data.js";
import type { GalleryEntry } from "./gallery-entry.js";

/** As after a fit of the maps and an identification that found zirconium in three pixels. */
function fitted({ analysis }: ExampleData): Partial<ViewSession> {
  const elementMaps = analysis.elementMaps.map((map) => ({
    ...map,
    background: "fit" as const,
    variance: map.data.map((counts) => 4 + counts),
  }));
  const evidence = { element: "Zr", line: "Zr_La", couldBe: ["Pt"], pixels: [700, 701, 829] };
  const rare = [{ ...evidence, counts: 41, expected: 3.2, significance: 8.4 }];
  const { pairs = [], ledger = [] } = analysis.doubts ?? {};
  const steps = analysis.recipe.steps.map((entry) => (entry.step === "maps" ? { ...entry, method: "fit" as const } : entry));
  const doubts = { ...analysis.doubts, pairs, ledger, rare };
  return { analysis: { ...analysis, elementMaps, doubts }, recipe: { ...analysis.recipe, steps } };
}

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
    {
      name: "fitted, with an element in a few pixels",
      render: (context) => viewAlone(elementsView, { changes: fitted(context.data) })(context),
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
