/** The views of the Edit stage over a synthetic map of any size, for `npm run bench:app`: `bench.html?width=1000&height=1000`. */
import { type Remote, wrap } from "comlink";
import { createRoot } from "react-dom/client";
import { answersOf } from "../../session/answers.js";
import { linkedValues } from "../../session/linked.js";
import type { ViewDefinition, ViewSession } from "../../session/view-session.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { classesPanel } from "../../views/classes/definition.js";
import { latentView } from "../../views/latent/definition.js";
import { mapView } from "../../views/map/definition.js";
import { spectrumView } from "../../views/spectrum/definition.js";
import type { ExampleData } from "../example-data.js";
import { exampleSession, plainRecipe } from "../example-session.js";
import type { BenchWorker } from "./bench-worker.js";
import { CLASSES, type SyntheticMap, syntheticClasses, syntheticMap } from "./synthetic-map.js";

declare global {
  interface Window {
    /** For the script that measures. */
    benchSession?: ViewSession;
  }
}

function dataOf(map: SyntheticMap, worker: Remote<BenchWorker>): ExampleData {
  const { width, height, channels, labels, latent, membership, countMap } = map;
  const grid = { width, height, frames: 1, pixelSizeUm: [0.5, 0.5] as const };
  const energyAxis = { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" };
  const spectrum = new Float64Array(channels).fill(1);
  const none = { pixels: 0, spectrum };
  return {
    image: {
      ...{ name: "bench", title: "Bench", dataset: 0, grid, energyAxis, images: [], findings: [], countMap },
      metadata: { detector: {}, elements: [], beamEnergyKev: 15 },
      totalCounts: 40 * labels.length,
      statedCounts: undefined,
      sumSpectrum: spectrum,
      maximumSpectrum: spectrum,
      sha256: "",
    },
    analysis: {
      ...{ mask: undefined, sumSpectrum: spectrum, lines: [], features: undefined, elementMaps: [], grid, energyAxis, countMap },
      latent: { method: "umap", dimensions: 2, data: latent },
      labels,
      membership: { classes: CLASSES, data: membership },
      classes: syntheticClasses(labels),
      classSpectra: Array.from({ length: CLASSES }, () => spectrum),
      ...{ unmixing: undefined, evidence: undefined, choices: [], warnings: [], notConverged: [] },
      recipe: plainRecipe,
      labelsSha256: undefined,
    },
    pixelSpectrum: async (pixel) => (await worker.pixelSpectrum(pixel)) ?? none,
    spectrumOf: async (mask) => (await worker.spectrumOf(mask)) ?? none,
    windowMap: async (from, to) => (await worker.windowMap(Math.round(from * 100), Math.round(to * 100))) ?? new Float32Array(0),
    identify: () => new Promise(() => {}),
    difference: () => new Promise(() => {}),
    calibrationPreview: () => new Promise(() => {}),
    featureSpreads: async () => [],
  };
}

interface ViewAtProps<Spec> {
  readonly session: ViewSession;
  readonly view: ViewDefinition<Spec>;
}

function ViewAt<Spec>({ session, view: { component: View, parseSpec } }: ViewAtProps<Spec>) {
  return <View session={session} spec={parseSpec(undefined)} onSpec={() => undefined} />;
}

function Page({ session }: { readonly session: ViewSession }) {
  const { component: Classes } = classesPanel;
  return (
    <UiProvider theme="dark">
      <div style={{ display: "grid", gridTemplate: "620px 300px / 700px 520px 330px", gap: 6, padding: 6 }}>
        <ViewAt session={session} view={mapView} />
        <ViewAt session={session} view={latentView} />
        <div style={{ gridRow: "1 / 3", gridColumn: 3, overflow: "auto" }}>
          <Classes session={session} />
        </div>
        <div style={{ gridColumn: "1 / 3" }}>
          <ViewAt session={session} view={spectrumView} />
        </div>
      </div>
    </UiProvider>
  );
}

const asked = new URLSearchParams(location.search);
const map = syntheticMap(Number(asked.get("width") ?? 400), Number(asked.get("height") ?? 250));
const worker = wrap<BenchWorker>(new Worker(new URL("./bench-worker.ts", import.meta.url), { type: "module" }));
await worker.make({ width: map.width, height: map.height, labels: map.labels });
const linked = linkedValues();
const data = dataOf(map, worker);
const answers = answersOf(linked, { ...data }, (error) => reportError(error));
const { session } = exampleSession(data, { linked, answers });
window.benchSession = session;
const place = document.querySelector("#app");
if (place !== null) createRoot(place).render(<Page session={session} />);
