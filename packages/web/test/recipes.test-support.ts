/** Methods of the core in the app: presets, and steps one by one. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { foundPhases, labelsOf, openApp, pressFindPhases, runCommand, saved } from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { runSigma } from "./command-line.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";

export function choosingRecipes(app: () => ServedApp): void {
  describe.sequential("recipes", () => {
    let page: Page;

    test(
      "a step is added in its place and taken back, by its button, by undo and by the palette",
      async () => {
        ({ page } = await app().page(true));
        await openApp(page, app().server);
        await page.keyboard.press("Shift+2");
        await page.getByRole("radiogroup", { name: "Controls" }).getByText("All").click();
        const panel = page.getByRole("tabpanel");
        const removals = panel.getByRole("button", { name: /^Remove / });
        const names = (): Promise<(string | null)[]> =>
          removals.evaluateAll((all) => all.map((button) => button.getAttribute("aria-label")));
        await removals.first().waitFor();
        const before = await names();
        expect(before.slice(-2)).toEqual(["Remove Class spectra", "Remove Identify"]);
        expect(await seriousProblems(page)).toEqual([]);
        await panel.getByRole("button", { name: "Add step" }).click();
        await page.getByRole("menuitem", { name: /^Unmix/ }).click();
        await expect.poll(names).toEqual([...before.slice(0, -1), "Remove Unmix", "Remove Identify"]);
        await panel.getByText("Added step: Unmix.").waitFor();
        await panel.getByRole("button", { name: "Take it back" }).click();
        await expect.poll(names).toEqual(before);
        await runCommand(page, "Add step: Unmix");
        await panel.getByRole("button", { name: "Remove Unmix" }).waitFor();
        await page.keyboard.press("Control+z");
        await expect.poll(names).toEqual(before);
      },
      PATIENCE,
    );

    test(
      "a recipe that is chosen gives the labels that the command line gives by its name",
      async () => {
        const panel = page.getByRole("tabpanel");
        await panel.getByRole("button", { name: "Recipe: Automatic" }).click();
        await page.getByRole("menuitemradio", { name: /^UMAP and Gaussian mixture/ }).click();
        await panel.getByRole("button", { name: "Recipe: UMAP and Gaussian mixture" }).waitFor();
        await pressFindPhases(page);
        await foundPhases(page);
        const out = join(app().folder, "by-preset");
        const given = ["--preset", "sigma-umap-gmm", "--out", out, "--progress", "none"];
        runSigma("run", app().file, ...given);
        const { labelsSha256 } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
        expect(await labelsOf(page)).toBe(labelsSha256);
      },
      WALK,
    );

    test(
      "a recipe is written as JSON: what is wrong is told with its line, what is right is applied",
      async () => {
        await page.getByRole("tab", { name: "Recipe" }).click();
        await page.getByRole("tabpanel").getByRole("button", { name: "Edit as JSON" }).click();
        const text = page.getByLabel("Recipe as JSON");
        const given = await text.inputValue();
        await text.fill(given.replace('"nComponents": 8', '"nComponents": 0'));
        await page.getByText(/^Line \d+: steps\.6\.nComponents/).waitFor();
        expect(await seriousProblems(page)).toEqual([]);
        await text.fill(given.replace('"nComponents": 8', '"nComponents": 3'));
        await page.getByRole("tabpanel").getByRole("button", { name: "Apply" }).click();
        await text.waitFor({ state: "detached" });
        await pressFindPhases(page);
        await foundPhases(page);
        const recipe = await saved(page, app().folder, "three.json", () => runCommand(page, "Save recipe"));
        expect(JSON.parse(readFileSync(recipe, "utf8")).steps[6]).toMatchObject({ step: "cluster", nComponents: 3 });
      },
      WALK,
    );
  });
}
