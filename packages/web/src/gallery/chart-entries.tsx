import { curvesView } from "../views/curves/definition.js";
import { distributionsView } from "../views/distributions/definition.js";
import { pageView } from "../views/page/definition.js";
import { particlesView } from "../views/particles/definition.js";
import { reportView } from "../views/report/definition.js";
import { ternaryView } from "../views/ternary/definition.js";
import { unmixView } from "../views/unmix/definition.js";
import { viewAlone } from "./alone.js";
import type { GalleryEntry } from "./gallery-entry.js";
import { withSelection } from "./spectrum-entries.js";

const nothing = { changes: { analysis: undefined } };

export const chartEntries: readonly GalleryEntry[] = [
  {
    id: "distributions",
    title: "Distributions",
    width: 1060,
    height: 420,
    states: [
      { name: "selection", render: viewAlone(distributionsView, { prepare: withSelection(0, 2) }) },
      {
        name: "before and after each normalisation, selection",
        render: viewAlone(distributionsView, { spec: { mode: "step by step" }, prepare: withSelection(0, 2) }),
      },
      { name: "nothing found", render: viewAlone(distributionsView, nothing) },
    ],
  },
  {
    id: "curves",
    title: "Curves",
    width: 1060,
    height: 320,
    states: [
      { name: "evidence and scree", render: viewAlone(curvesView) },
      { name: "as table", render: viewAlone(curvesView, { pressed: "Show as table" }) },
      { name: "nothing found", render: viewAlone(curvesView, nothing) },
    ],
  },
  {
    id: "particles",
    title: "Particles",
    width: 1060,
    height: 360,
    states: [
      { name: "of a class", render: viewAlone(particlesView, { prepare: withSelection(2, 2) }) },
      { name: "as table", render: viewAlone(particlesView, { prepare: withSelection(2, 2), pressed: "Show as table" }) },
      { name: "not measured", render: viewAlone(particlesView, nothing) },
    ],
  },
  {
    id: "report",
    title: "Figure",
    width: 1060,
    height: 560,
    states: [
      { name: "phase map", render: viewAlone(reportView, { spec: { widthMm: 140 } }) },
      { name: "spectrum", render: viewAlone(reportView, { spec: { figure: "spectrum-2", widthMm: 140 } }) },
      { name: "nothing found", render: viewAlone(reportView, nothing) },
    ],
  },
  {
    id: "page",
    title: "Report",
    width: 700,
    height: 400,
    states: [
      { name: "written", render: viewAlone(pageView) },
      {
        name: "with parts left out",
        render: viewAlone(pageView, { spec: { leftOut: ["latent", "training", "elements"] } }),
      },
      { name: "nothing found", render: viewAlone(pageView, nothing) },
    ],
  },
  {
    id: "ternary",
    title: "Ternary",
    width: 560,
    height: 480,
    states: [
      { name: "three lines", render: viewAlone(ternaryView, { spec: { corners: ["Si_Ka", "Ca_Ka", "Mg_Ka"] } }) },
      { name: "nothing found", render: viewAlone(ternaryView, nothing) },
    ],
  },
  {
    id: "unmix",
    title: "Endmembers",
    width: 900,
    height: 500,
    states: [
      { name: "of phases", render: viewAlone(unmixView) },
      { name: "nothing found", render: viewAlone(unmixView, nothing) },
    ],
  },
];
