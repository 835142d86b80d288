/** What a microscopist takes away: figures at a width on paper, tables, the report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findPhases, openApp, runCommand, saved } from "./acts.test-support.js";
import { runRecipe } from "./command-line.test-support.js";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";
import { view } from "./specimen.test-support.js";

/** The file that an act gives, as bytes. */
async function downloaded(page: Page, folder: string, name: string, act: () => Promise<void>): Promise<Buffer> {
  return readFileSync(await saved(page, folder, name, act));
}

/** Value of a field of the first directory of a little-endian TIFF. */
function tiffField(bytes: Buffer, tag: number): number {
  const directory = bytes.readUInt32LE(4);
  for (let i = 0; i < bytes.readUInt16LE(directory); i++) {
    const at = directory + 2 + 12 * i;
    if (bytes.readUInt16LE(at) === tag) return bytes.readUInt32LE(at + 8);
  }
  return Number.NaN;
}

export function whatIsTakenAway(app: () => ServedApp): void {
  describe.sequential("what is taken away", () => {
    let page: Page;

    test(
      "a phase map as TIFF and as SVG, at the width that was chosen, with legend and scale bar",
      async () => {
        ({ page } = await app().page(true));
        await openApp(page, app().server);
        await findPhases(page);
        await page.getByRole("banner").getByRole("button", { name: "Export" }).click();
        await page.getByRole("menuitem", { name: "Export figure..." }).click();
        const dialog = page.getByRole("dialog");
        const save = (): Promise<void> => dialog.getByRole("button", { name: "Save figure" }).click();
        const tiff = await downloaded(page, app().folder, "map.tiff", save);
        expect(tiffField(tiff, 256)).toBe(Math.round((90 / 25.4) * 600));
        const resolution = tiffField(tiff, 282);
        expect(tiff.readUInt32LE(resolution) / tiff.readUInt32LE(resolution + 4)).toBe(600);
        await dialog.getByLabel("Width on paper").selectOption("190");
        await dialog.getByText("SVG", { exact: true }).click();
        const svg = (await downloaded(page, app().folder, "map.svg", save)).toString("utf8");
        expect(svg).toMatch(/^<svg[^>]* width="190mm"/);
        expect(svg).toMatch(/\d+\u202f?µm|\d+ µm/);
        const names = await dialog.locator("img").getAttribute("alt");
        expect(names).toBe("Phase map with legend");
        await page.keyboard.press("Escape");
      },
      PATIENCE,
    );

    test(
      "the spectrum as a table: a row per channel, numbers with points",
      async () => {
        await page.keyboard.press("Shift+3");
        await view(page, "Spectrum").getByRole("button", { name: "Export" }).click();
        const csv = await downloaded(page, app().folder, "spectrum.csv", () =>
          page.getByRole("menuitem", { name: "Table of channels (CSV)" }).click(),
        );
        const rows = csv.toString("utf8").trimEnd().split("\r\n");
        expect(rows).toHaveLength(1 + 512);
        expect(rows[0]).toBe('energy_keV,"Sum, counts/px"');
        expect(rows[100]).toMatch(/^1\.98,\d+(\.\d+)?$/);
      },
      PATIENCE,
    );

    test(
      "three abundances in one picture, on the map and as a figure",
      async () => {
        await page.keyboard.press("Shift+4");
        const tiles = view(page, "Abundances").getByRole("button", { name: /share of the pixel/ });
        await tiles.nth(0).click();
        await tiles.nth(1).click({ modifiers: ["Control"] });
        await tiles.nth(2).click({ modifiers: ["Control"] });
        await view(page, "Abundances").getByRole("button", { name: "Export" }).click();
        await page.getByRole("menuitem", { name: "Figures (SVG, PNG, TIFF)..." }).click();
        const chosen = page.getByRole("dialog").getByLabel("Figure", { exact: true }).locator("option:checked");
        expect(await chosen.textContent()).toMatch(/^Mix: .+, .+, .+$/);
        await page.keyboard.press("Escape");
      },
      PATIENCE,
    );

    test(
      "the report is the one of the command line, byte for byte, and stands in the workspace",
      async () => {
        const recipe = join(app().folder, "report-recipe.json");
        await downloaded(page, app().folder, "report-recipe.json", () => runCommand(page, "Save recipe"));
        const report = await downloaded(page, app().folder, "report.html", () => runCommand(page, "Export report"));
        const out = join(app().folder, "reported");
        runRecipe(app().file, recipe, out);
        expect(report.equals(readFileSync(join(out, "report.html")))).toBe(true);
        await page.keyboard.press("Shift+6");
        await page.frameLocator("iframe[title=Report]").locator("h1").waitFor();
      },
      PATIENCE,
    );
  });
}
