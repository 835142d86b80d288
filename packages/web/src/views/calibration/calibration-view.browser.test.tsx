import { makePhantom, parseRecipe, pass, presetRecipe, type RecipeInput, sumSpectrum } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { calibrationOf } from "../../worker/calibration-query.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { CalibrationView } from "./calibration-view.js";

const place = mounted();
const PATIENCE = { timeout: 30_000 };

/** A file whose axis is off by 40 eV. */
async function shifted(): Promise<LoadedImage> {
  const { image } = await makePhantom({ width: 24, height: 16, channels: 1024, channelWidthEv: 10, countsPerPixel: 300 });
  const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)]);
  const energyAxis = { ...image.energyAxis, offset: image.energyAxis.offset! + 0.04 };
  const shown = { title: "made", dataset: 0, energyAxis, metadata: image.metadata, sumSpectrum: spectrum, sha256: "0" };
  return shown as unknown as LoadedImage;
}

function show(image: LoadedImage, recipe = presetRecipe("auto")): RecipeInput[] {
  const { session } = smallMapSession(linkedValues());
  const applied: RecipeInput[] = [];
  const own: ViewSession = {
    ...session,
    ...{ image, recipe, analysis: undefined },
    engine: { ...session.engine, calibrationPreview: (entry) => calibrationOf(image, entry) },
    actions: {
      ...session.actions,
      changeRecipe: (changed) => applied.push(typeof changed === "function" ? changed(recipe) : changed),
    },
  };
  place.root.render(
    <UiProvider theme="dark">
      <CalibrationView session={own} spec={{}} onSpec={() => undefined} />
    </UiProvider>,
  );
  return applied;
}

const named = <T extends HTMLElement>(role: string, name: string): T | undefined =>
  [...place.box.querySelectorAll<T>(role)].find((one) => [one.ariaLabel, one.textContent].includes(name));
const row = (name: string): string =>
  [...place.box.querySelectorAll('table[aria-label="Energy axis"] tr')].find((one) => one.textContent?.startsWith(name))
    ?.textContent ?? "";

test("a fit is seen with its lines before it is applied; a line is left out and put back; what is applied is what was seen", async () => {
  const image = await shifted();
  const applied = show(image);
  await vi.waitFor(() => expect(row("Offset")).toContain("0.0400"), PATIENCE);
  expect(named("button", "Apply this calibration")?.ariaDisabled).toBe("true");
  named("button", "Fit to lines")!.click();
  await vi.waitFor(() => expect(row("Offset")).toMatch(/0\.0400[−-]?0\.00\d\d ± 0\.00/), PATIENCE);
  const silicon = (): HTMLInputElement | undefined => named("input", "Fit to Si Kα");
  const line = (): string => silicon()?.closest("tr")?.textContent ?? "";
  expect(line()).toMatch(/1\.74\d\+[34]\d\.\d[+−]?\d\.\d ± 3\.\d$/);
  silicon()!.click();
  await vi.waitFor(() => expect([silicon()?.checked, line().includes("±")]).toEqual([false, false]), PATIENCE);
  expect(line()).toMatch(/[+−]?\d\.\d$/);
  silicon()!.click();
  await vi.waitFor(() => expect([silicon()?.checked, line().includes("±")]).toEqual([true, true]), PATIENCE);
  named("button", "Lines by themselves again")!.click();
  await vi.waitFor(() => expect(named("button", "Lines by themselves again")).toBeUndefined(), PATIENCE);
  expect(applied).toEqual([]);
  named("button", "Apply this calibration")!.click();
  expect(parseRecipe(applied[0]).steps.map(({ step }) => step)).toEqual([
    "calibrate",
    ...presetRecipe("auto").steps.map(({ step }) => step),
  ]);
  expect(parseRecipe(applied[0]).steps[0]).toMatchObject({ automatic: "energy", lines: [] });
});

test("what the recipe has is shown as applied, and is given back", async () => {
  const image = await shifted();
  const given = parseRecipe({
    ...presetRecipe("auto"),
    steps: [{ step: "calibrate", energyOffsetKev: 0.001 }, ...presetRecipe("auto").steps],
  });
  const applied = show(image, given);
  await vi.waitFor(() => expect(row("Offset")).toContain("0.04000.0010"), PATIENCE);
  expect(named("button", "By hand")?.ariaChecked).toBe("true");
  const tiles = [...place.box.querySelectorAll("figure svg")].map((tile) => tile.ariaLabel);
  expect(tiles.length).toBeGreaterThan(3);
  expect(tiles.join()).toMatch(/Peak of Si Kα: [+−]?\d\.\d eV from its line, \+[34]\d\.\d eV before\./);
  named("button", "Back to the file's energies")!.click();
  expect(parseRecipe(applied[0])).toEqual(presetRecipe("auto"));
});
