import type { PhantomParametersInput } from "./parameters.js";

export interface PhantomPreset {
  readonly name: string;
  /** What it tests, in one sentence. */
  readonly summary: string;
  readonly parameters: PhantomParametersInput;
}

const oxides = [
  { name: "periclase", formula: "MgO" },
  { name: "corundum", formula: "Al2O3" },
  { name: "quartz", formula: "SiO2" },
  { name: "lime", formula: "CaO" },
  { name: "wuestite", formula: "FeO" },
];

/** Ready-made phantoms by id. Add one here and the command line offers it. */
export const phantomPresets = {
  "seven-minerals": {
    name: "Seven minerals",
    summary: "Particles of seven rock-forming minerals, partly alike, overlapping on a carbon substrate: eight phases.",
    parameters: { title: "Seven minerals" },
  },
  "thickness-gradient": {
    name: "Thickness gradient",
    summary: "One feldspar of constant composition whose brightness and absorption change across the map: one phase, not more.",
    parameters: {
      title: "Thickness gradient",
      matrix: { name: "labradorite", formula: "Ca0.6Na0.4Al1.6Si2.4O8" },
      particlePhases: [],
      particles: 0,
      brightnessGradient: 0.5,
      absorbingMassMgCm2: 0.15,
    },
  },
  "gradient-with-inclusions": {
    name: "Gradient with inclusions",
    summary: "The same gradient over a feldspar with pyroxene and apatite in it: three phases.",
    parameters: {
      title: "Gradient with inclusions",
      matrix: { name: "labradorite", formula: "Ca0.6Na0.4Al1.6Si2.4O8" },
      particlePhases: [
        { name: "augite", formula: "Ca0.9Mg0.8Fe0.3Si2O6" },
        { name: "apatite", formula: "Ca5(PO4)3F" },
      ],
      particles: 24,
      thinShare: 0,
      brightnessGradient: 0.5,
      absorbingMassMgCm2: 0.15,
    },
  },
  "rare-grain": {
    name: "Rare grain",
    summary: "Feldspars and quartz with a single grain of zircon, 30 pixels: rare things must not be lost.",
    parameters: {
      title: "Rare grain",
      matrix: { name: "albite", formula: "NaAlSi3O8" },
      particlePhases: [
        { name: "quartz", formula: "SiO2" },
        { name: "orthoclase", formula: "KAlSi3O8" },
      ],
      particles: 30,
      rarePhases: [{ name: "zircon", formula: "ZrSiO4", pixels: 30 }],
    },
  },
  "glass-and-oxides": {
    name: "Glass and oxides",
    summary:
      "A glass (K412) that is itself a mixture of the oxides lying in it: mixtures must not be taken for phases, nor phases for mixtures.",
    parameters: {
      title: "Glass and oxides",
      matrix: { name: "glass", formula: "Mg0.48Al0.182Si0.755Ca0.272Fe0.139O2.673" },
      particlePhases: oxides,
      particles: 60,
    },
  },
  "sparse-large": {
    name: "Sparse and large",
    summary: "1,024 x 1,024 x 2,048 at 100 counts per pixel, 17 GB if it were dense: for tests of memory and time.",
    parameters: {
      title: "Sparse and large",
      width: 1024,
      height: 1024,
      countsPerPixel: 100,
      particles: 900,
      largestRadiusPx: 40,
    },
  },
} as const satisfies Record<string, PhantomPreset>;

export type PhantomPresetId = keyof typeof phantomPresets;
