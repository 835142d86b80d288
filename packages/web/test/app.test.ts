import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import type { Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { choose, findPhases, labelsOf, openApp, openFiles, runCommand, selectInside } from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { calibrating } from "./calibrating.test-support.js";
import { comingBack } from "./coming-back.test-support.js";
import { runRecipe } from "./command-line.test-support.js";
import { forEveryone } from "./for-everyone.test-support.js";
import { helpingThreads } from "./helping-threads.test-support.js";
import { namingAndKeeping } from "./naming.test-support.js";
import { fromSettingsToNumbers } from "./numbers.test-support.js";
import { onSpecimen } from "./on-specimen.test-support.js";
import { opening } from "./opening.test-support.js";
import { byPalette } from "./palette.test-support.js";
import { choosingRecipes } from "./recipes.test-support.js";
import { elsewhere } from "./screens.test-support.js";
import { PATIENCE, type ServedApp, servedApp, type WatchedPage } from "./served-app.test-support.js";
import { severalFiles } from "./several-files.test-support.js";
import { whatIsTakenAway } from "./taken-away.test-support.js";
import { whenThingsGoWrong } from "./things-go-wrong.test-support.js";
import { watchingRuns } from "./watching.test-support.js";

/** Compressed size of everything that is loaded before a file is looked at; the example is not among it, since it comes after the first picture. */
const FIRST_LOAD = 1_050_000;
let app: ServedApp;
let watched: WatchedPage;

beforeAll(async () => {
  app = await servedApp();
  watched = await app.page();
}, 120_000);

afterAll(() => app?.close());

describe.sequential("from a file to phases in the browser", () => {
  let edited: string;

  test(
    "the first load is small, and all of it comes from here",
    async () => {
      const { page, asked } = watched;
      const sizes = new Map<string, number>();
      const pending: Promise<void>[] = [];
      const remember = async (response: Response): Promise<void> => {
        const body = await response.body();
        sizes.set(response.url(), /\.woff2$/.test(response.url()) ? body.length : gzipSync(body).length);
      };
      // Workers ask for the files of the page again, which the browser has by then.
      page.on("response", (response) => {
        if (response.url().includes("/opened/") || response.status() !== 200) return;
        pending.push(remember(response).catch(() => {}));
      });
      await openApp(page, app.server);
      await Promise.all(pending);
      const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      expect([...sizes.keys()].filter((url) => url.includes("engine-worker"))).toHaveLength(1);
      expect(bytes).toBeGreaterThan(100_000);
      expect(bytes).toBeLessThan(FIRST_LOAD);
      expect(asked.filter((url) => !url.startsWith("http://127.0.0.1") && !url.startsWith("blob:"))).toEqual([]);
    },
    PATIENCE,
  );

  test(
    "one press finds phases; a class is made of a selection, undone and made again",
    async () => {
      const { page } = watched;
      await findPhases(page);
      await page.keyboard.press("Shift+3");
      const found = await labelsOf(page);
      await selectInside(page, "1");
      await page.keyboard.press("n");
      await page
        .getByText(/^Made a class from the selection/)
        .first()
        .waitFor({ timeout: PATIENCE });
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(found);
      edited = await labelsOf(page);
      await page.keyboard.press("Control+z");
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
      await page.keyboard.press("Control+y");
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(edited);
    },
    PATIENCE,
  );

  test(
    "the recipe that the app saves gives the same labels on the command line",
    async () => {
      const { page } = watched;
      const saved = page.waitForEvent("download");
      await runCommand(page, "Save recipe");
      const recipe = join(app.folder, "recipe.json");
      await (await saved).saveAs(recipe);
      const out = join(app.folder, "result");
      runRecipe(app.file, recipe, out);
      expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8")).labelsSha256).toBe(edited);
    },
    PATIENCE,
  );

  test(
    "everything is exported as one zip, with the labels of the result",
    async () => {
      const { page } = watched;
      const saved = page.waitForEvent("download", { timeout: PATIENCE });
      await page.getByRole("banner").getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "Export everything" }).click();
      const zip = join(app.folder, "result.zip");
      await (await saved).saveAs(zip);
      const files = unzipSync(readFileSync(zip));
      expect(Object.keys(files)).toEqual(
        expect.arrayContaining(["result.json", "labels.npy", "labels.tif", "phases.csv", "report.html", "recipe.json"]),
      );
      expect(JSON.parse(new TextDecoder().decode(files["result.json"])).labelsSha256).toBe(edited);
    },
    PATIENCE,
  );

  test(
    "a session goes on after the page is closed, and into a file and back",
    async () => {
      const { page } = watched;
      const saved = page.waitForEvent("download");
      await runCommand(page, "Save session");
      const file = join(app.folder, "kept.sigma");
      await (await saved).saveAs(file);
      await page.getByText("Saved", { exact: true }).waitFor({ timeout: PATIENCE });
      await page.goto(new URL("/", app.server.address).href);
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(edited);
      await page
        .getByText(/^Made a class from the selection/)
        .first()
        .waitFor();
      await page.keyboard.press("Control+z");
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(edited);
      await choose(page, () => runCommand(page, "Open session"), file);
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(edited);
    },
    PATIENCE,
  );

  test(
    "a file that is none is refused politely, and what was open stays",
    async () => {
      const { page } = watched;
      await openFiles(page, { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
      await page
        .getByRole("alert")
        .getByText(/letter\.txt/)
        .first()
        .waitFor({ timeout: PATIENCE });
      expect(await seriousProblems(page)).toEqual([]);
      expect(await labelsOf(page)).toBe(edited);
      await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
    },
    PATIENCE,
  );

  test("nothing was asked of another host, and the page had nothing to complain of", () => {
    const { asked, complaints } = watched;
    expect(asked.filter((url) => !url.startsWith(new URL("/", app.server.address).href) && !url.startsWith("blob:"))).toEqual([]);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });
});

opening(() => app);

severalFiles(() => app);

helpingThreads(() => app);

comingBack(() => app);

whenThingsGoWrong(() => app);

whatIsTakenAway(() => app);

watchingRuns(() => app);

namingAndKeeping(() => app);

calibrating(() => app);

fromSettingsToNumbers(() => app);
choosingRecipes(() => app);

byPalette(() => app);

forEveryone(() => app);

elsewhere(() => app);

onSpecimen(() => app);
