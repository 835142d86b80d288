import {
  AbortedError,
  DataCheckError,
  isSigmaError,
  makePhantom,
  phantomPresets,
  presetRecipe,
  readSessionArchive,
  runRecipe,
  sha256OfLabels,
  writeRpl,
  writeSessionArchive,
} from "@sigma-eds/core";
import { beforeAll, expect, test } from "vitest";
import { LocalEngine } from "./engine.js";
import type { KeptRun, RunProgress } from "./engine-protocol.js";
import { foundLines } from "./found-lines.js";
import { lightened } from "./kept-run.js";
import { withEdits } from "./run-plan.js";

const small = { width: 48, height: 36, channels: 512, channelWidthEv: 20, countsPerPixel: 90, particles: 12 };
const recipe = {
  ...presetRecipe("sigma-umap-gmm"),
  steps: presetRecipe("sigma-umap-gmm").steps.filter(({ step }) => step !== "unmix" && step !== "bin"),
};
/** In a fraction of a second. */
const quick = {
  schemaVersion: 1,
  steps: [
    { step: "elements", elements: ["Si", "Al", "Fe", "Ca"] },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 4 },
    { step: "spectra" },
  ],
};
const merge = { step: "edit", action: "merge", ids: [0, 1] };
/** Says of each class that it has too few counts for a name: quick, and after everything else. */
const unnamed = { step: "identify", minimumCounts: 1e9 };

let files: File[];

beforeAll(async () => {
  const { image } = await makePhantom(small);
  const { rpl, raw } = await writeRpl(image);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of raw) pieces.push(new Uint8Array(piece));
  files = [new File(pieces, "map.raw"), new File([rpl], "map.rpl")];
});

async function loaded(): Promise<LocalEngine> {
  const engine = new LocalEngine();
  const opened = await engine.open(files);
  expect(opened.datasets.map(({ navigationShape }) => navigationShape)).toEqual([[36, 48]]);
  await engine.load(0, () => {});
  return engine;
}

test("lines are marked as soon as an image is read: those that the recipe finds; none on an axis without energies", async () => {
  const engine = new LocalEngine();
  await engine.open(files);
  const shown = await engine.load(0, () => {});
  const found = await engine.run(presetRecipe("auto"), () => {});
  expect(shown.lines).toEqual(found.lines);
  expect(shown.lines).toEqual(expect.arrayContaining(["O_Ka", "Si_Ka", "Fe_Ka"]));

  const { image } = await makePhantom(small);
  expect(
    await foundLines({ ...image, energyAxis: { ...image.energyAxis, scale: undefined } }, new AbortController().signal),
  ).toBeUndefined();
  const stopped = AbortSignal.abort();
  await expect(foundLines(image, stopped)).rejects.toThrow(AbortedError);
});

test("an image is glanced at before it is chosen, which stops nothing; what is begun stops the glance", async () => {
  const engine = new LocalEngine();
  await engine.open(files);
  const glance = await engine.glance(0);
  const shown = await engine.load(0, () => {});
  expect(glance).toEqual({
    grid: shown.grid,
    countMap: shown.countMap,
    sumSpectrum: shown.sumSpectrum,
    totalCounts: shown.totalCounts,
  });
  await expect(engine.glance(1)).rejects.toThrow(DataCheckError);

  const [loading, glancing] = [engine.load(0, () => {}), engine.glance(0)];
  await engine.stop();
  await expect(loading).rejects.toThrow(AbortedError);
  await expect(glancing).rejects.toThrow(AbortedError);
});

test("a set is opened by the right part; a run gives what the core gives, and edits give what a recipe with these edits gives", async () => {
  const engine = await loaded();
  const seen: RunProgress[] = [];
  const found = await engine.run(recipe, (progress) => seen.push(progress));
  expect(seen[0]?.plan[0]).toBe("Read counts");
  expect(seen.at(-1)?.step).toBe(seen[0]?.plan.length);

  const { image } = await makePhantom(small);
  const whole = await runRecipe(image, presetOf(recipe.steps));
  expect(found.labelsSha256).toBe(await sha256OfLabels(whole.analysis.labels));

  const edited = await engine.replay(withEdits(found.recipe, [merge]));
  const at = recipe.steps.findIndex(({ step }) => step === "spectra");
  const withMerge = await runRecipe(image, presetOf([...recipe.steps.slice(0, at), merge, ...recipe.steps.slice(at)]));
  expect(edited.labelsSha256).toBe(await sha256OfLabels(withMerge.analysis.labels));
  expect(edited.classes).toEqual(withMerge.analysis.classes);

  const undone = await engine.replay(found.recipe);
  expect(undone.labelsSha256).toBe(found.labelsSha256);
  expect(undone.latent?.data).toBe(found.latent?.data);

  const result = await engine.resultFiles(() => {});
  expect(result.map(({ path }) => path)).toEqual(expect.arrayContaining(["labels.npy", "recipe.json", "report.html"]));
  expect(result.at(-1)?.path).toBe("result.json");
});

test("an edit is there before the names are; names of untouched classes stay, and the end is that of a whole run", async () => {
  const engine = await loaded();
  const named = [...recipe.steps, { step: "statistics" }, unnamed];
  const found = await engine.run({ ...recipe, steps: named }, () => {});
  expect(found.pending).toBeUndefined();
  const edited = withEdits(found.recipe, [merge]);
  const first = await engine.replay(edited);
  expect(first.pending).toEqual(["statistics", "identify"]);
  expect(first.statistics).toBeUndefined();
  expect(first.identities?.map(({ id }) => id)).toEqual(found.classes.map(({ id }) => id).filter((id) => id > 1));
  const last = await engine.finish();
  const fresh = await loaded();
  const whole = await fresh.run(edited, () => {});
  expect(last).toEqual(whole);
  expect(await engine.replay(found.recipe)).toEqual(found);
});

test("how far classes are found again is not computed anew after an edit, and is what a whole run gives", async () => {
  const engine = await loaded();
  const found = await engine.run({ ...quick, steps: [...quick.steps, { step: "stability", runs: 2 }] }, () => {});
  const edited = withEdits(found.recipe, [{ step: "edit", action: "rename", id: 0, name: "Quartz" }]);
  const first = await engine.replay(edited);
  expect(first.pending).toEqual(["stability"]);
  expect(first.stability).toBe(found.stability);
  const last = await engine.finish();
  expect(last.pending).toBeUndefined();
  expect(last.stability).toBe(found.stability);
  const fresh = await loaded();
  expect(last).toEqual(await fresh.run(edited, () => {}));
  const other = { ...(edited as object), seed: 7 };
  expect((await engine.run(other, () => {})).stability).not.toBe(found.stability);
});

test("an earlier state is computed beside what is shown, which stays as it is", async () => {
  const engine = await loaded();
  const found = await engine.run(quick, () => {});
  const edited = await engine.replay(withEdits(found.recipe, [merge]));
  const earlier = await engine.classesOf(found.recipe);
  expect(earlier.labels).toEqual(found.labels);
  expect(earlier.spectra).toEqual(found.classSpectra);
  expect(earlier.shape).toEqual([36, 48]);
  expect((await engine.classesOf(edited.recipe)).labels).toEqual(edited.labels);
  expect((await engine.finish()).labels).toEqual(edited.labels);
});

test("an edit ends what the edit before it left pending", async () => {
  const engine = await loaded();
  const found = await engine.run({ ...recipe, steps: [...recipe.steps, unnamed] }, () => {});
  await engine.replay(withEdits(found.recipe, [merge]));
  const ended = engine.finish().catch((error: unknown) => error);
  await engine.replay(withEdits(found.recipe, [merge, { ...merge, ids: [2, 3] }]));
  expect(isSigmaError(await ended, "aborted")).toBe(true);
  expect((await engine.finish()).identities).toHaveLength(found.classes.length - 2);
});

test("a class is identified beside the run as by its step, and two classes are told apart", async () => {
  const engine = await loaded();
  const given = { step: "identify", minimumCounts: 50, library: "materials" } as const;
  const { identities } = await engine.run({ ...recipe, steps: [...recipe.steps, given] }, () => {});
  const [first, second] = identities!;
  expect((await engine.identify({ kind: "class", id: first!.id })).identity).toEqual(first);
  expect((await engine.difference(first!.id, second!.id)).sigma).toBeGreaterThan(3);
});

test("pixels, masks and windows are counted over all the pixels", async () => {
  const engine = await loaded();
  const { image } = await makePhantom(small);
  const pixels = 48 * 36;
  const everything = await engine.spectrumOf(new Uint8Array(pixels).fill(1));
  expect(everything.pixels).toBe(pixels);
  let sum = 0;
  for (const block of image.counts.stored) for (const count of block.count) sum += count;
  expect(everything.spectrum.reduce((total, value) => total + value, 0)).toBe(sum);
  const one = await engine.pixelSpectrum(100);
  const map = await engine.windowMap(-1, 100);
  expect(one.spectrum.reduce((total, value) => total + value, 0)).toBe(map[100]);
});

test("a run that is stopped says so, and the next one goes on where it stopped", async () => {
  const engine = await loaded();
  const run = engine.run(recipe, ({ title }) => {
    if (title === "Latent space") void engine.stop();
  });
  const stopped = await run.catch((error: unknown) => error);
  const titles: string[] = [];
  if (isSigmaError(stopped, "aborted")) {
    await engine.run(recipe, ({ plan }) => titles.push(...plan));
    expect(titles).not.toContain("Read counts");
  } else expect.fail("The run was not stopped.");
});

function presetOf(steps: readonly unknown[]) {
  return { ...presetRecipe("sigma-umap-gmm"), steps } as ReturnType<typeof presetRecipe>;
}

test("a stop that comes when nothing runs any more stops nothing that is asked for later", async () => {
  const engine = await loaded();
  await engine.run({ ...quick, steps: [...quick.steps.slice(0, 2), { step: "normalise" }, ...quick.steps.slice(2)] }, () => {});
  await engine.stop();
  expect((await engine.featureSpreads([])).length).toBeGreaterThan(0);
  expect((await engine.imageFiles("hspy", "map"))[0]?.path).toBe("map.hspy");
});

test("what was asked for last is open, also where what was asked for before is there later", async () => {
  const engine = await loaded();
  const slow = expect(engine.open(files)).rejects.toMatchObject({ tag: "aborted" });
  await engine.openExample("rare-grain");
  await slow;
  expect((await engine.load(0, () => {})).title).toBe(phantomPresets["rare-grain"].parameters.title);
});

test("a kept run is shown again from the same file without its steps being computed again, through a session file too", async () => {
  const first = await loaded();
  const found = await first.run({ ...recipe, steps: [{ step: "bin", factor: 2 }, ...recipe.steps] }, () => {});
  const kept = await first.keep();
  const back = (await readSessionArchive(await writeSessionArchive(kept), "test")) as KeptRun;
  const second = await loaded();
  await second.resume(back);
  const plans: (readonly string[])[] = [];
  const again = await second.run({ ...found.recipe, name: "sigma-umap-gmm" }, ({ plan }) => plans.push(plan));
  expect(plans).toEqual([]);
  expect(again.labelsSha256).toBe(found.labelsSha256);
  expect(again.classes).toEqual(found.classes);
  expect(again.classSpectra).toEqual(found.classSpectra);
  await second.run(
    { ...found.recipe, steps: [...found.recipe.steps.slice(0, -1), merge, ...found.recipe.steps.slice(-1)] },
    ({ plan }) => plans.push(plan),
  );
  expect(plans[0]).toEqual(["Edit classes", "Class spectra"]);
});

test("what reading all counts said of the file is said of a resumed run too", async () => {
  const first = await loaded();
  const steps = [{ step: "bin", factor: 2 }, ...recipe.steps] as typeof recipe.steps;
  await first.run({ ...recipe, steps }, () => {});
  const kept = (await first.keep())!;
  const second = await loaded();
  await second.resume(kept);
  await second.replay({ ...recipe, steps });
  const findingsOf = async (engine: LocalEngine): Promise<unknown> => {
    const file = (await engine.resultFiles(() => {})).find(({ path }) => path === "result.json");
    return JSON.parse(new TextDecoder().decode(file?.bytes)).loadFindings;
  };
  const found = await findingsOf(first);
  expect(found).toContainEqual(expect.objectContaining({ code: expect.stringMatching(/^counts-/) }));
  expect(await findingsOf(second)).toEqual(found);
});

test("what is left out of a kept run to make it small is the same again after it was resumed", async () => {
  const first = await loaded();
  const found = await first.run(recipe, () => {});
  const small = lightened((await first.keep())!);
  expect(small.states[0]?.known.features).toBeUndefined();
  const second = await loaded();
  await second.resume(small);
  const again = await second.replay({ ...found.recipe });
  expect(again.elementMaps).toEqual(found.elementMaps);
  expect(again.features).toEqual(found.features);
  expect(again.latent).toEqual(found.latent);
});
