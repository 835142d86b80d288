/** The app without a mouse, on a small screen, for screen readers, and on a real file. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findPhases, labelsOf, openApp, openFiles, runCommand, selectInside } from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";
import { missingInPalette } from "./whole-palette.test-support.js";

const data = process.env["SIGMA_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const p45 = join(data, "bcf", "semgeo__P45_12bit_packed_8bit.bcf");
const stages = ["Inspect", "Find phases", "Edit", "Unmix", "Identify", "Report"];

export function forEveryone(app: () => ServedApp): void {
  describe.sequential("for everyone", () => {
    let page: Page;

    test(
      "the way from a file to a class is walked without a mouse, on a small screen",
      async () => {
        ({ page } = await app().page(true));
        await page.setViewportSize({ width: 1280, height: 720 });
        await openApp(page, app().server);
        await runCommand(page, "Find phases");
        await page
          .getByText(/\d+ classes in \d+ s/)
          .first()
          .waitFor();
        const found = await labelsOf(page);
        await page.keyboard.press("Shift+3");
        await page.getByRole("application", { name: /^Map/ }).focus();
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowDown");
        await page.getByRole("contentinfo").getByText(/x \d+/).first().waitFor();
        await page.getByRole("grid", { name: "Classes" }).locator("[tabindex='0']").first().focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.getByLabel(/^Note on/).waitFor();
        await page.keyboard.press("Escape");
        await page.getByLabel(/^Note on/).waitFor({ state: "hidden" });
        await expect
          .poll(() => page.evaluate(() => document.activeElement?.closest("[role=dialog]") ?? undefined))
          .toBeUndefined();
        await selectInside(page, "2");
        await page.keyboard.press("n");
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(found);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(await page.locator(":focus-visible").count()).toBeGreaterThan(0);
      },
      PATIENCE,
    );

    test(
      "views are gone through, maximised and put back by keys",
      async () => {
        const region = () =>
          page.evaluate(() => document.activeElement?.closest("section[aria-label]")?.getAttribute("aria-label") ?? "");
        await page.keyboard.press("F6");
        const first = await region();
        await page.keyboard.press("F6");
        const second = await region();
        expect([first, second]).not.toContain("");
        expect(second).not.toBe(first);
        await page.keyboard.press("Shift+F6");
        expect(await region()).toBe(first);
        for (let view = 0; view < 4 && (await region()) !== "Spectrum"; view++) await page.keyboard.press("F6");
        expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-roledescription"))).toBe("spectrum");
        while ((await region()) !== first) await page.keyboard.press("F6");
        await page.keyboard.press("f");
        await page.getByRole("region", { name: first, exact: true }).getByRole("button", { name: "Back to its place" }).waitFor();
        await page.keyboard.press("f");
        await page.getByRole("region", { name: first, exact: true }).getByRole("button", { name: "Maximise" }).waitFor();
        expect(await page.getByRole("region", { name: first, exact: true }).count()).toBe(1);
        expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
        for (const stage of ["Shift+1", "Shift+2", "Shift+3"]) {
          await page.keyboard.press(stage);
          await expect.poll(region, { timeout: PATIENCE }).not.toBe("");
        }
      },
      PATIENCE,
    );

    test(
      "the palette has an action for every button of the shell",
      async () => {
        await page.setViewportSize({ width: 1600, height: 1000 });
        expect(await missingInPalette(page)).toEqual([]);
        await page.keyboard.press("1");
        await page.keyboard.press("m");
        await page.getByRole("menuitem", { name: "No class" }).waitFor();
        await page.keyboard.press("Escape");
      },
      PATIENCE,
    );

    test(
      "axe-core finds nothing serious in any stage and on Start, dark or light",
      async () => {
        await page.setViewportSize({ width: 1600, height: 1000 });
        const problems: string[] = [];
        for (const theme of ["dark", "light"]) {
          for (const [i, stage] of stages.entries()) {
            await page.keyboard.press("Escape");
            await runCommand(page, `Go to ${stage}`);
            await page.getByRole("navigation").locator("[aria-current=step]").filter({ hasText: stage }).waitFor();
            const rules = theme === "light" ? ["color-contrast"] : [];
            for (const problem of await seriousProblems(page, rules)) problems.push(`${theme}, ${stage}: ${problem}`);
            if (i === stages.length - 1) await runCommand(page, "Theme: dark or light");
          }
        }
        await runCommand(page, "Go to Start");
        await page.getByText("Drop a file").first().waitFor();
        for (const problem of await seriousProblems(page)) problems.push(`Start: ${problem}`);
        await runCommand(page, "Theme: dark or light");
        for (const problem of await seriousProblems(page, ["color-contrast"]))
          problems.push(`Start, the other theme: ${problem}`);
        await runCommand(page, "Theme: dark or light");
        expect(problems).toEqual([]);
      },
      PATIENCE,
    );

    test.skipIf(!existsSync(p45))(
      `a map from a microscope: P45${existsSync(p45) ? "" : " (no real files here: SIGMA_DATA)"}`,
      async () => {
        await openFiles(page, p45);
        await page
          .getByText(/100 × 75 px/)
          .first()
          .waitFor();
        await findPhases(page);
        await page.keyboard.press("Shift+3");
        expect(await page.getByRole("grid", { name: "Classes" }).locator("[data-class]").count()).toBeGreaterThan(4);
        await page.close();
      },
      PATIENCE,
    );
  });
}
