import { type BulkClass, type ClassIdentity, parseRecipe } from "@sigma-eds/core";
import { comparedResult, keepResult } from "../session/kept-results.js";
import type { ViewSession } from "../session/view-session.js";
import { compareView } from "../views/compare/definition.js";
import { curvesView } from "../views/curves/definition.js";
import { doubtPanel } from "../views/doubt/definition.js";
import { fitView } from "../views/fit/definition.js";
import { identificationPanel } from "../views/identification/definition.js";
import { modalView } from "../views/modal/definition.js";
import { namesPanel } from "../views/names/definition.js";
import { quantitiesPanel } from "../views/quantities/definition.js";
import { panelAlone, viewAlone } from "./alone.js";
import type { ExampleData } from "./example-data.js";
import type { GalleryEntry } from "./gallery-entry.js";
import { withSelection } from "./spectrum-entries.js";

const nothing = { changes: { analysis: undefined } };
const INSPECTOR = { width: 370, height: 640 };

const withActive = (active: number) => (session: ViewSession) => withSelection(active, 2)(session);

const ofSubject =
  (subject: "all" | "selection", selected?: number) =>
  (session: ViewSession): void => {
    if (selected !== undefined) withSelection(0, selected)(session);
    session.linked.subject.set(subject, "gallery");
  };

/** As after a mixture whose number was chosen among ten. */
function withNumbers({ analysis }: ExampleData): Partial<ViewSession> {
  const numbers = Array.from({ length: 10 }, (_, i) => ({
    nClasses: i + 1,
    bic: 1e5 - 2e4 * Math.min(i, 7) - 1e3 * i,
    silhouette: i === 0 ? undefined : 0.4 + 0.3 * Math.exp(-(((i - 7) / 2) ** 2)),
    silhouetteError: 0.01,
    stability: i < 8 ? 0.98 - 0.01 * i : 0.7 - 0.05 * i,
    lowestStability: 0.6,
  }));
  const reason = "8 classes: the smallest BIC among numbers at which runs agree and classes lie apart.";
  const cluster = { step: "cluster", method: "gaussian-mixture", nComponents: 8 } as const;
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "features" }, cluster] });
  return {
    recipe,
    analysis: { ...analysis, classNumber: { criterion: "recommended", nClasses: 8, numbers, points: 12288, reason } },
  };
}

function withRare({ analysis }: ExampleData): Partial<ViewSession> {
  const pixels = [700, 701, 829];
  const rare = { element: "Zr", line: "Zr_La", couldBe: ["Pt"], pixels, counts: 41, expected: 3.2, significance: 8.4 };
  const { pairs = [], ledger = [] } = analysis.doubts ?? {};
  return { analysis: { ...analysis, doubts: { ...analysis.doubts, pairs, ledger, rare: [rare] } } };
}

function withoutComposition({ analysis }: ExampleData): Partial<ViewSession> {
  const identities = analysis.identities?.map((identity) => ({ ...identity, composition: undefined }));
  return { analysis: { ...analysis, identities } };
}

/** As after a quantification with standards of most elements, one of them without a live time. */
function withStandards({ analysis }: ExampleData): Partial<ViewSession> {
  const counts = Array.from({ length: 16 }, (_, c) => c);
  const standard = { energyOffsetKev: 0, energyScaleKev: 0.01, counts, liveTimeS: 60, beamCurrentNa: 1.1 };
  const quantify = {
    step: "quantify",
    method: "xpp",
    standards: [
      { ...standard, name: "MgO std", formula: "MgO", elements: ["Mg"] },
      { ...standard, name: "CaF2 std", massFractions: { F: 0.486667, Ca: 0.513333 }, beamCurrentNa: undefined },
    ],
  };
  const recipe = parseRecipe({ ...analysis.recipe, steps: [...analysis.recipe.steps, quantify] });
  const classes = (analysis.identities ?? []).map(({ id, composition }): BulkClass => {
    const elements = (composition?.elements ?? []).map((one) => ({
      ...one,
      ...(one.element === "O"
        ? {}
        : { standard: "MgO std", sensitivity: "standard" as const, kRatio: 0.183, kRatioError: 0.002 }),
      standardsError: 0.005 * one.massFraction,
    }));
    const nothing = { covariance: new Float64Array(), modelCovariance: new Float64Array(), formula: undefined };
    const total = { method: "mixed", normalised: false, rawTotal: 0.991, rawTotalError: 0.004 } as const;
    const quantified = { ...nothing, ...total, elements, oxygen: "measured", doseNas: 66, reducedChiSquare: 1.1 } as const;
    const pixels = { id, pixels: 900, counts: 135_000, pure: true, composition: undefined };
    return elements.length === 0
      ? { ...pixels, quantified: undefined, reason: "412 counts, where 1000 are asked for" }
      : { ...pixels, quantified, reason: undefined };
  });
  const conditions = { beamEnergyKev: 15, takeOffAngleDeg: 35, tiltDeg: 0, standards: [], pixels: undefined };
  return {
    recipe,
    analysis: { ...analysis, recipe, quantification: { method: "xpp", elements: [], classes, ...conditions } },
  };
}

/** Puts a result aside in which two classes were one and a corner belongs to another. */
function withOtherResult({ linked, analysis }: ViewSession): void {
  const result = analysis === undefined ? undefined : comparedResult(analysis);
  if (result === undefined) return;
  const labels = result.labels.map((label, p) => (label === 5 ? 4 : p % 128 < 12 ? 2 : label));
  const classes = result.classes.filter(({ id }) => id !== 5);
  const recipe = { seed: 7, steps: [{ step: "find-phases", detail: 0.4 }] };
  keepResult(linked, "dacite, with less detail", { ...result, labels, classes, spectra: [], recipe });
}

/** The example with long names, many classes without a match, a mixture, and a class with too few counts. */
function awkward({ analysis }: ExampleData): Partial<ViewSession> {
  const verdicts = ["none", "mixture", "too few counts"] as const;
  const identities = analysis.identities?.map((identity, i): ClassIdentity => {
    const verdict = verdicts[i];
    if (verdict === undefined) return identity;
    const shown =
      verdict === "mixture" ? [...identity.shown.slice(0, 1), ...(analysis.identities?.[5]?.shown.slice(0, 1) ?? [])] : [];
    const sentences = {
      none: "No phase of the library fits; the nearest, orthoclase, is 14.2 standard errors away.",
      mixture: "No single phase fits; a mixture of dolomite (61 % by mass) and quartz (39 % by mass) does.",
      "too few counts": "Too few counts for a name: 412, where 1000 are asked for.",
    };
    return {
      ...identity,
      verdict,
      shown,
      sentence: sentences[verdict],
      elements: verdict === "too few counts" ? [] : identity.elements,
    };
  });
  const classes = analysis.classes.map((phase, i) =>
    i === 1 ? { ...phase, name: "Groundmass glass with microlites, second generation, altered along the rim" } : phase,
  );
  return { analysis: { ...analysis, identities, classes } };
}

export const identifyEntries: readonly GalleryEntry[] = [
  {
    id: "identification",
    title: "Elements",
    ...INSPECTOR,
    states: [
      { name: "of a class", render: panelAlone(identificationPanel, { prepare: withActive(3) }) },
      { name: "of all pixels", render: panelAlone(identificationPanel, { prepare: ofSubject("all") }) },
      { name: "of a selection", render: panelAlone(identificationPanel, { prepare: ofSubject("selection", 7) }) },
      { name: "of a selection of nothing", render: panelAlone(identificationPanel, { prepare: ofSubject("selection") }) },
      { name: "nothing found", render: panelAlone(identificationPanel, nothing) },
    ],
  },
  {
    id: "fit",
    title: "Fit",
    width: 640,
    height: 400,
    states: [
      { name: "of a class", render: viewAlone(fitView, { prepare: withActive(7) }) },
      { name: "nothing found", render: viewAlone(fitView, nothing) },
    ],
  },
  {
    id: "names",
    title: "Names",
    ...INSPECTOR,
    states: [
      { name: "a series", render: panelAlone(namesPanel, { prepare: withActive(6) }) },
      {
        name: "no match, a mixture, few counts",
        render: (context) => panelAlone(namesPanel, { changes: awkward(context.data), prepare: withActive(1) })(context),
      },
      {
        name: "not identified",
        render: (context) =>
          panelAlone(namesPanel, { changes: { analysis: { ...context.data.analysis, identities: undefined } } })(context),
      },
      { name: "nothing found", render: panelAlone(namesPanel, nothing) },
    ],
  },
  {
    id: "quantities",
    title: "Amounts",
    width: 370,
    height: 900,
    states: [
      { name: "of a class", render: panelAlone(quantitiesPanel, { prepare: withActive(6) }) },
      {
        name: "with standards",
        render: (context) =>
          panelAlone(quantitiesPanel, { changes: withStandards(context.data), prepare: withActive(6) })(context),
      },
      {
        name: "of a class that has none",
        render: (context) =>
          panelAlone(quantitiesPanel, { changes: withoutComposition(context.data), prepare: withActive(0) })(context),
      },
      { name: "nothing found", render: panelAlone(quantitiesPanel, nothing) },
    ],
  },
  {
    id: "modal",
    title: "Modal results",
    width: 860,
    height: 620,
    states: [
      { name: "areas, weights, boundaries", render: viewAlone(modalView) },
      {
        name: "grains not measured, no names",
        render: (context) =>
          viewAlone(modalView, {
            changes: { analysis: { ...context.data.analysis, statistics: undefined, identities: undefined } },
          })(context),
      },
      { name: "nothing found", render: viewAlone(modalView, nothing) },
    ],
  },
  {
    id: "compare",
    title: "Compare",
    width: 860,
    height: 760,
    states: [
      { name: "with a result of other classes", render: viewAlone(compareView, { prepare: withOtherResult }) },
      { name: "with nothing yet", render: viewAlone(compareView) },
      { name: "nothing found", render: viewAlone(compareView, nothing) },
    ],
  },
  {
    id: "curves-numbers",
    title: "Curves of a number of classes",
    width: 1060,
    height: 620,
    states: [
      {
        name: "chosen among ten",
        render: (context) => viewAlone(curvesView, { changes: withNumbers(context.data) })(context),
      },
    ],
  },
  {
    id: "doubt-rare",
    title: "Doubt with elements in a few pixels",
    width: 370,
    height: 900,
    states: [
      {
        name: "zirconium, or platinum",
        render: (context) => panelAlone(doubtPanel, { changes: withRare(context.data) })(context),
      },
    ],
  },
];
