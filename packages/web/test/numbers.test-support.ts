/** From the settings of a run to numbers, in the app and on the command line. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findPhases, labelsOf, runCommand, saved } from "./acts.test-support.js";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";

const sigma = fileURLToPath(new URL("../../cli/bin/sigma.js", import.meta.url));

/** Presses "Find phases" until the labels are as they should be: what is quick is found by itself when a setting changes. */
async function foundAnew(page: Page, isDone: (labels: string) => boolean): Promise<void> {
  const find = page.getByRole("banner").getByRole("button", { name: /^Find phases/ });
  const tried = async (): Promise<boolean> => {
    if (isDone(await labelsOf(page))) return true;
    if (await find.isVisible()) await find.click({ timeout: 2000 }).catch(() => {});
    return false;
  };
  await expect.poll(tried, { timeout: PATIENCE, interval: 500 }).toBe(true);
  await find.waitFor();
}

export function fromSettingsToNumbers(app: () => ServedApp): void {
  describe.sequential("from settings to numbers", () => {
    let page: Page;

    test(
      "pixels are binned before phases are found, which the recipe says, and not binned again",
      async () => {
        ({ page } = await app().page(true));
        await page.goto(app().server.address);
        await findPhases(page);
        const found = await labelsOf(page);
        await page.keyboard.press("Shift+2");
        const binning = page.getByRole("radiogroup", { name: "Binning" });
        await binning.getByText("2 × 2").click();
        await foundAnew(page, (labels) => labels !== found);
        const recipe = await saved(page, app().folder, "binned.json", () => runCommand(page, "Save recipe"));
        expect(JSON.parse(readFileSync(recipe, "utf8")).steps[0]).toMatchObject({ step: "bin", factor: 2 });
        await binning.getByText("No", { exact: true }).click();
        await foundAnew(page, (labels) => labels === found);
      },
      PATIENCE,
    );

    test(
      "amounts are quantified with their errors, the same as on the command line",
      async () => {
        await page.keyboard.press("Shift+5");
        await page.getByRole("tab", { name: "Amounts" }).click();
        await page.getByRole("button", { name: "Quantify with XPP" }).click();
        await page
          .getByRole("tabpanel")
          .getByText(/XPP.*± are half of 95 % intervals/)
          .first()
          .waitFor();
        await page.getByRole("banner").getByRole("button", { name: "Find phases" }).waitFor();
        const zip = await saved(page, app().folder, "numbers.zip", () => runCommand(page, "Export everything"));
        const recipe = await saved(page, app().folder, "numbers.json", () => runCommand(page, "Save recipe"));
        const out = join(app().folder, "numbers");
        execFileSync(process.execPath, [sigma, "run", app().file, "--recipe", recipe, "--out", out, "--progress", "none"], {
          stdio: "pipe",
        });
        const own = unzipSync(readFileSync(zip))["quantification/classes.csv"];
        expect(own).toBeDefined();
        expect(Buffer.from(own!).equals(readFileSync(join(out, "quantification", "classes.csv")))).toBe(true);
      },
      PATIENCE,
    );
  });
}
