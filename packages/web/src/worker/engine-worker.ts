/** The worker: the engine behind messages. */
import type { FeatureTreatment, IdentifySubject, ReportSectionId, WriterId } from "@sigma-eds/core";
import { expose } from "comlink";
import { LocalEngine } from "./engine.js";
import type { AnalysisSnapshot, FeaturesEntry, KeptRun, LoadProgress, RunProgress, StageRange } from "./engine-protocol.js";
import { heardBy } from "./heard.js";
import { holdLock } from "./life-lock.js";
import { type Reply, reply } from "./replies.js";
import { type SnapshotDelta, SnapshotSender } from "./snapshot.js";
import { webThreads } from "./web-threads.js";

export type SentProgress = Omit<RunProgress, "partial"> & { readonly partial?: SnapshotDelta | undefined };

const engine = new LocalEngine(webThreads());
const sender = new SnapshotSender();

const worker = {
  /** Says that the worker lives, and holds a lock until it does not. */
  live: (lock: string) => reply(() => holdLock(lock)),
  open: (files: readonly File[]) => reply(() => engine.open(files)),
  openExample: (id: string) => reply(() => engine.openExample(id)),
  glance: (dataset: number) => reply(() => engine.glance(dataset)),
  load: (dataset: number, listen: (progress: LoadProgress) => void) => {
    sender.forget();
    return reply(() => engine.load(dataset, listen));
  },
  run: (recipe: unknown, listen: (progress: SentProgress) => unknown) =>
    reply(async () => {
      const { tell, all } = heardBy(listen);
      const told = ({ partial, ...progress }: RunProgress): unknown =>
        tell({ ...progress, partial: partial === undefined ? undefined : sender.delta(partial) });
      try {
        return sender.delta(await engine.run(recipe, told));
      } finally {
        await all();
      }
    }),
  replay: (recipe: unknown) => snapshot(() => engine.replay(recipe)),
  finish: () => snapshot(() => engine.finish()),
  keep: () => reply(() => engine.keep()),
  resume: (kept: KeptRun) => reply(() => engine.resume(kept)),
  stop: () => reply(() => engine.stop()),
  pixelSpectrum: (pixel: number) => reply(() => engine.pixelSpectrum(pixel)),
  spectrumOf: (mask: Uint8Array) => reply(() => engine.spectrumOf(mask)),
  windowMap: (fromKev: number, toKev: number) => reply(() => engine.windowMap(fromKev, toKev)),
  identify: (subject: IdentifySubject) => reply(() => engine.identify(subject)),
  difference: (first: number, second: number) => reply(() => engine.difference(first, second)),
  classesOf: (recipe: unknown) => reply(() => engine.classesOf(recipe)),
  calibrationPreview: (entry: unknown) => reply(() => engine.calibrationPreview(entry)),
  featureSpreads: (treatments: readonly FeatureTreatment[], mask?: Uint8Array, features?: FeaturesEntry) =>
    reply(() => engine.featureSpreads(treatments, mask, features)),
  pixelsInStage: (treatments: readonly FeatureTreatment[], range: StageRange, features?: FeaturesEntry) =>
    reply(() => engine.pixelsInStage(treatments, range, features)),
  readStandards: (files: readonly File[]) => reply(() => engine.readStandards(files)),
  resultFiles: (listen: (fraction: number) => void, sections?: readonly ReportSectionId[]) =>
    reply(() => engine.resultFiles(listen, sections)),
  report: (sections?: readonly ReportSectionId[]) => reply(() => engine.report(sections)),
  imageFiles: (kind: WriterId, stem: string) => reply(() => engine.imageFiles(kind, stem)),
};

export type WorkerEngine = typeof worker;

function snapshot(work: () => Promise<AnalysisSnapshot>): Promise<Reply<SnapshotDelta>> {
  return reply(async () => sender.delta(await work()));
}

expose(worker);
