/** A run that is watched, stopped and changed, and what it decided from: curves, certainty, what the endmembers leave. */
import { readFileSync } from "node:fs";
import { readNpy } from "@sigma-eds/core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhases, foundAnew, labelsOf, openApp, openFiles, pressFindPhases, runCommand, saved } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK, type WatchedPage } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

const measured = [
  { step: "maps" },
  { step: "features", normalisePixels: true },
  { step: "normalise", steps: ["neighbour-average", "z-score"] },
];

/** The recipe of the button with a layout that takes so many rounds over so many neighbours that there is time to look on. */
const slow = {
  schemaVersion: 1,
  name: "auto",
  steps: [
    { step: "elements" },
    { step: "find-phases" },
    ...measured,
    { step: "embed", method: "umap", nNeighbors: 150, minDist: 0.1, nEpochs: 10_000 },
    { step: "spectra" },
  ],
};

/** Two rounds of training, a number of classes that is chosen among four, endmembers. */
const trained = {
  schemaVersion: 1,
  steps: [
    { step: "elements" },
    ...measured,
    { step: "embed", method: "autoencoder", epochs: 2, learningRate: 0.001 },
    { step: "cluster", method: "gaussian-mixture", nComponents: "auto", choose: { fewest: 2, most: 5, runs: 2 } },
    { step: "spectra" },
    { step: "unmix", method: "nmf" },
  ],
};

async function openRecipe(page: Page, name: string, recipe: unknown): Promise<void> {
  await openFiles(page, { name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(recipe)) });
  await page.getByText(`Recipe of ${name}. Find phases runs it.`).waitFor();
}

/** The rows of the table that a view shows, as it saves them; the first holds the names of the columns. */
async function savedTable(page: Page, place: Locator, table: string, folder: string): Promise<string[][]> {
  await place.getByLabel("Table", { exact: true }).selectOption({ label: table });
  await place.getByRole("table", { name: table }).waitFor();
  const csv = await saved(page, folder, "table.csv", () => place.getByRole("button", { name: "CSV", exact: true }).click());
  const rows = readFileSync(csv, "utf8").trimEnd().split("\r\n");
  return rows.map((row) => row.split(","));
}

/** Everything that is drawn in a view. */
function picture(place: Locator): Promise<string> {
  return place.locator("canvas").evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()).join(" "));
}

export function watchingRuns(app: () => ServedApp): void {
  describe.sequential("a run that is watched", () => {
    let watched: WatchedPage;
    let page: Page;
    const find = () => page.getByRole("banner").getByRole("button", { name: /^Find phases/ });
    const choice = () => page.getByRole("region", { name: "What was chosen" }).getByRole("listitem");

    beforeAll(async () => {
      watched = await app().page(true);
      page = watched.page;
      await openApp(page, app().server);
    }, WALK);

    afterAll(() => watched?.page.context().close());

    test(
      "steps are ticked off one by one; classes and layout are shown as partial while they are made, and stay after a stop",
      async () => {
        await openRecipe(page, "slow.json", slow);
        await pressFindPhases(page);
        const steps = view(page, "Steps").getByRole("listitem");
        const going = view(page, "Steps").getByRole("progressbar", { name: "Latent space" });
        await expect.poll(() => going.getAttribute("aria-valuenow").then(Number), { timeout: PATIENCE }).toBeGreaterThan(0);
        expect(await steps.filter({ hasText: "Find phases" }).getAttribute("data-state")).toBe("done");
        await steps.filter({ hasText: /Find phases[\s\S]*\d+ phases?, / }).waitFor();
        expect(await steps.filter({ hasText: "Class spectra" }).getAttribute("data-state")).toBe("waiting");
        const layout = page.getByRole("application", { name: /^Latent space, .*: [\d,]+ pixels, [1-9]\d* classes/ });
        await layout.waitFor();
        await view(page, "Latent space")
          .getByText(/^partial, step \d of \d/)
          .waitFor();
        await view(page, "Map")
          .getByText(/^partial, step \d of \d/)
          .waitFor();
        await page.getByRole("banner").getByRole("button", { name: "Stop" }).click();
        await view(page, "Steps")
          .getByText(/^Stopped at: Latent space\. What is finished stays usable\./)
          .waitFor();
        await layout.waitFor();
        await view(page, "Latent space").getByText("partial", { exact: true }).waitFor();
        const files = page.getByRole("banner").getByRole("button", { name: "Export" });
        expect(await files.getAttribute("title")).toBe("Find the phases first");
        await page.keyboard.press("Shift+3");
        await classRows(page).first().click();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(0);
        await page.keyboard.press("Escape");
      },
      WALK,
    );

    test(
      "what was chosen is changed by its control, told to be out of date, found again, and given back",
      async () => {
        await page.keyboard.press("Shift+2");
        const controls = page.getByRole("tabpanel");
        await controls.locator("[data-parameter=nEpochs]").getByRole("button", { name: "Back to automatic" }).click();
        await controls.locator("[data-parameter=nEpochs]").waitFor({ state: "detached" });
        await controls.locator("[data-parameter=nNeighbors]").getByRole("button", { name: "Back to 15" }).click();
        const phases = choice().filter({ hasText: /\d phases were found/ });
        await phases.getByText("auto", { exact: true }).waitFor();
        await phases.getByRole("button", { expanded: false }).click();
        const detail = phases.locator("[data-parameter=detail] input");
        await detail.fill("0.03");
        await detail.press("Enter");
        await phases.getByText("changed", { exact: true }).waitFor();
        await page.getByText("Settings have changed since this was found. Run again to see what they do.").waitFor();
        await page.getByRole("navigation").getByRole("button", { name: "Find phases, not up to date" }).waitFor();
        await findPhases(page);
        const fewer = await labelsOf(page);
        await page
          .getByText("Settings have changed since this was found. Run again to see what they do.")
          .waitFor({ state: "detached" });
        await phases.getByText("you", { exact: true }).waitFor();
        if ((await phases.getByRole("button", { expanded: false }).count()) > 0)
          await phases.getByRole("button", { expanded: false }).click();
        await phases.getByRole("button", { name: "Back to automatic" }).click();
        await foundAnew(page, (labels) => labels !== fewer);
        await phases.getByText("auto", { exact: true }).waitFor();
        await page
          .getByText("Settings have changed since this was found. Run again to see what they do.")
          .waitFor({ state: "detached" });
      },
      WALK,
    );

    test(
      "a number of classes and a training have their curves, what was taken is ringed, and their tables are saved",
      async () => {
        await openRecipe(page, "trained.json", trained);
        await find().click();
        await runCommand(page, "Show Curves");
        const curves = view(page, "Curves");
        const chosen = async (curve: string): Promise<number> => {
          const words = curves.locator(`section[aria-label="${curve}"]`).getByText(/^chosen: \d+$/);
          return Number(((await words.textContent()) ?? "").replace("chosen: ", ""));
        };
        const classes = await chosen("BIC");
        await find().waitFor();
        const epoch = await chosen("Loss");
        await curves.getByRole("button", { name: "Show as table" }).click();
        const numbers = await savedTable(page, curves, "Numbers of classes", app().folder);
        expect(numbers[0]).toEqual([
          "classes",
          "bic",
          "silhouette",
          "silhouette_error",
          "stability",
          "lowest_stability",
          "chosen",
        ]);
        expect(numbers.slice(1).map(([number]) => number)).toEqual(["2", "3", "4", "5"]);
        expect(numbers.filter((row) => row.at(-1) === "true").map(([number]) => Number(number))).toEqual([classes]);
        const points = await savedTable(page, curves, "Points", app().folder);
        const losses = points.filter(([curve]) => curve === "loss");
        expect(losses.map(([, of, x]) => `${of} ${x}`)).toEqual([
          ...["pixels kept out 1", "pixels kept out 2"],
          ...["training 1", "training 2"],
        ]);
        expect(losses.every(([, , , y]) => Number(y) > 0)).toBe(true);
        expect(losses.filter((row) => row.at(-1) === "1").every(([, , x]) => Number(x) === epoch)).toBe(true);
        await curves.getByRole("button", { name: "Show as table" }).click();
        await page.keyboard.press("Shift+3");
        expect(await classRows(page).count()).toBe(classes);
      },
      WALK,
    );

    test(
      "how sure the classes are fills the map, is saved as numbers, and D shows or hides where they are in doubt",
      async () => {
        const map = view(page, "Map");
        const classes = await picture(map);
        await runCommand(page, "What the map shows: Membership");
        await map.getByRole("button", { name: /^What the map shows: Membership/ }).waitFor();
        await expect.poll(() => picture(map), { timeout: PATIENCE }).not.toBe(classes);
        await map.getByRole("button", { name: "Export", exact: true }).click();
        const path = await saved(page, app().folder, "membership.npy", () =>
          page.getByRole("menuitem", { name: "Values (NPY)" }).click(),
        );
        const { shape, data } = readNpy(readFileSync(path));
        const most = 1 / (await classRows(page).count());
        expect(shape).toEqual([42, 56]);
        expect(Array.from(data, Number).filter((share) => !(share > most - 1e-6 && share <= 1 + 1e-6))).toEqual([]);
        const doubt = map.getByRole("button", { name: "Doubt" });
        const before = await doubt.getAttribute("aria-pressed");
        await page.keyboard.press("d");
        await expect.poll(() => doubt.getAttribute("aria-pressed"), { timeout: PATIENCE }).not.toBe(before);
        await page.keyboard.press("d");
        await expect.poll(() => doubt.getAttribute("aria-pressed"), { timeout: PATIENCE }).toBe(before);
        await runCommand(page, "What the map shows: Classes");
      },
      WALK,
    );

    test(
      "endmembers are looked at one by one, and what they leave of the measured spectrum is in standard errors of its counts",
      async () => {
        await page.keyboard.press("Shift+4");
        const unmixed = view(page, "Endmembers");
        const second = unmixed.getByRole("button", { pressed: false }).filter({ hasText: "%" }).first();
        const name = ((await second.locator("span").last().textContent()) ?? "").trim();
        await second.click();
        await unmixed.getByRole("button", { pressed: true }).filter({ hasText: name }).waitFor();
        await unmixed.getByRole("img", { name: `Endmember ${name}, counts per pixel where it is pure` }).waitFor();
        await unmixed.getByRole("img", { name: "Residual of the mean spectrum in standard errors." }).waitFor();
        await unmixed.getByRole("button", { name: "Show as table" }).click();
        const [head, ...rows] = await savedTable(page, unmixed, "Measured and fitted", app().folder);
        expect(head).toEqual(["energy_keV", "measured_counts_per_pixel", "fitted_counts_per_pixel", "residual_sigma"]);
        expect(rows).toHaveLength(512);
        const pixels = 42 * 56;
        for (const row of rows) {
          const [, mean, fitted, residual] = row.map(Number) as [number, number, number, number];
          const error = Math.sqrt(Math.max(1, mean * pixels)) / pixels;
          expect(residual).toBeCloseTo((mean - fitted) / error, 6);
        }
        expect(rows.some((row) => Math.abs(Number(row[3])) > 0.1)).toBe(true);
        await unmixed.getByRole("button", { name: "Show as table" }).click();
      },
      WALK,
    );

    test(
      "a number of endmembers is unmixed by the stage's own controls, and their stack and their maps are as many",
      async () => {
        await page.keyboard.press("Shift+4");
        const inspector = page.getByRole("complementary", { name: "Inspector" });
        const number = inspector.getByLabel("Number of endmembers");
        await number.fill("3");
        await number.press("Enter");
        const made = inspector.getByText("3 endmembers, made from the spectra of the classes by NMF.");
        const unmix = inspector.getByRole("button", { name: "Unmix again" });
        // What takes under two seconds runs by itself; the button does the same.
        const isMade = async (): Promise<boolean> => {
          if (!(await made.isVisible()) && (await unmix.isEnabled())) await unmix.click({ timeout: 1000 }).catch(() => undefined);
          return made.isVisible();
        };
        await expect.poll(isMade, { timeout: PATIENCE }).toBe(true);
        await inspector.getByText(/^[\d.]+\s?% of the counts are not explained/).waitFor();
        const lanes = view(page, "Endmembers").getByRole("button").filter({ hasText: "%" });
        await expect.poll(() => lanes.count()).toBe(3);
        const maps = view(page, "Abundances").getByRole("group", { name: "Abundance maps" });
        await expect.poll(() => maps.getByRole("button").count()).toBe(3);
      },
      WALK,
    );

    test("the page had nothing to complain of", () => {
      expect(watched.complaints.filter((text) => !text.includes("404"))).toEqual([]);
    });
  });
}
