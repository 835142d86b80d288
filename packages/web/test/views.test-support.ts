/** Every view: opened, filled over the work place, put back, and what it shows taken away as pictures and tables. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { runCommand, saved } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

const names = [
  "Map",
  "Latent space",
  "Elements",
  "Abundances",
  "Spectrum",
  "Endmembers",
  "Fit",
  "Modal results",
  "Ternary",
  "Distributions",
  "Curves",
  "Steps",
];

export function everyView(shown: () => Page, app: () => ServedApp): void {
  describe.sequential("every view", () => {
    let page: Page;

    beforeAll(() => {
      page = shown();
    });

    test(
      "is opened by the palette, maximised and put back; its tables are saved with a head and rows, its figures are offered",
      async () => {
        const empty: string[] = [];
        for (const name of names) {
          await runCommand(page, `Show ${name}`);
          await view(page, name).waitFor();
          await view(page, name).getByRole("button", { name: "Maximise" }).click();
          await view(page, name).getByRole("button", { name: "Back to its place" }).click();
          await view(page, name).getByRole("button", { name: "Maximise" }).waitFor();
          const open = () => view(page, name).getByRole("button", { name: "Export", exact: true }).click();
          await open();
          const items = page.getByRole("menuitem");
          await items.first().waitFor();
          const labels = await items.allTextContents();
          const table = labels.find((label) => label.includes("(CSV)"));
          if (labels.some((label) => label.includes("SVG"))) {
            await items.filter({ hasText: "SVG" }).first().click();
            await page.getByRole("dialog").getByRole("button", { name: "Save figure" }).waitFor();
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
          } else await page.keyboard.press("Escape");
          if (table === undefined) continue;
          await open();
          const path = await saved(page, app().folder, `${name}.csv`, () => items.filter({ hasText: table }).first().click());
          const rows = readFileSync(path, "utf8").trimEnd().split("\r\n");
          if (rows.length < 2 || !rows[0]?.includes(",")) empty.push(name);
        }
        expect(empty).toEqual([]);
        await runCommand(page, "Reset this arrangement");
      },
      WALK,
    );

    test(
      "grains are measured when asked for; a row selects its grain, and the histogram its range",
      async () => {
        // The largest class may be one grain that the edge cuts; the next has some inside.
        await classRows(page).nth(1).click();
        await page.keyboard.press("Escape");
        await runCommand(page, "Show Particles");
        const particles = view(page, "Particles");
        await particles.getByRole("button", { name: "Measure grains" }).click();
        const grains = particles.getByRole("rowheader").getByRole("button");
        await grains.first().waitFor();
        await page
          .getByRole("banner")
          .getByRole("button", { name: /^Find phases/ })
          .waitFor();
        await grains.first().click();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(0);
        const one = await selectedPixels(page);
        const histogram = particles.getByRole("application").first();
        await histogram.focus();
        for (const key of ["Home", "Shift+End", "Enter"]) await histogram.press(key);
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(one);
        await page.keyboard.press("Escape");
        await runCommand(page, "Reset this arrangement");
      },
      WALK,
    );
  });
}
