/** The palette beyond names of buttons: what asks something first, parameters by their names, and acts of whole stages. */
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askCommand, findPhases, openApp, runCommand, saved } from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows } from "./specimen.test-support.js";

export function byPalette(app: () => ServedApp): void {
  describe.sequential("by the palette", () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await app().page(true));
      await openApp(page, app().server);
    }, WALK);

    afterAll(() => page?.context().close());

    test(
      "the palette asks for what an action must know: an energy, a window, an element",
      async () => {
        await askCommand(page, "Show lines near ... keV", "6.4", /^Fe Kα/);
        await page.getByRole("contentinfo").getByText("Fe Kα").waitFor();
        await askCommand(page, "Map window ... to ... keV", "6.2 to 6.6", /^Map 6\.200 to 6\.600 keV/);
        await page
          .getByRole("button", { name: /: Energy window/ })
          .first()
          .waitFor();
        const marked = page.getByRole("button", { name: /^Elements \d+/ });
        const before = (await marked.textContent()) ?? "";
        await askCommand(page, "Mark element", "W", /^Mark W, tungsten/);
        await expect.poll(() => marked.textContent(), { timeout: PATIENCE }).not.toBe(before);
        await askCommand(page, "Mark element", "tungsten", /^Unmark W, tungsten/);
        await expect.poll(() => marked.textContent(), { timeout: PATIENCE }).toBe(before);
      },
      WALK,
    );

    test(
      "a hidden parameter is found by its name and has the focus, from where the palette opens again",
      async () => {
        await runCommand(page, "Go to Find phases");
        const all = page.getByRole("radio", { name: "All", exact: true });
        expect(await all.getAttribute("aria-checked")).toBe("false");
        await runCommand(page, "Control: Neighbours");
        await page.locator("[data-parameter='nNeighbors'] input:focus").waitFor();
        await expect.poll(() => all.getAttribute("aria-checked"), { timeout: PATIENCE }).toBe("true");
        await page.keyboard.press("Control+k");
        await page.getByPlaceholder("Find an action").waitFor();
        await page.keyboard.press("Escape");
      },
      PATIENCE,
    );

    test(
      "a dialog that the palette opens gives the focus back to what had it before the palette",
      async () => {
        const first = page.getByRole("tab", { name: "Controls" });
        await first.focus();
        await runCommand(page, "Settings");
        const dialog = page.getByRole("dialog", { name: "Settings" });
        await dialog.waitFor();
        await expect
          .poll(() => dialog.evaluate((place) => place.contains(document.activeElement)), { timeout: PATIENCE })
          .toBe(true);
        expect(await seriousProblems(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "hidden" });
        await expect.poll(() => first.evaluate((tab) => tab === document.activeElement), { timeout: PATIENCE }).toBe(true);
      },
      PATIENCE,
    );

    test(
      "classes are identified, and their masks written, by name",
      async () => {
        await page.getByRole("button", { name: "Remove Identify", exact: true }).click();
        await findPhases(page);
        await runCommand(page, "Identify all classes");
        await page.getByRole("navigation").locator("[aria-current=step]").filter({ hasText: "Identify" }).waitFor();
        await page.getByRole("tab", { name: "Names" }).click();
        await page
          .getByRole("tabpanel")
          .getByRole("button", { name: /^Accept “/ })
          .first()
          .waitFor();
        const path = await saved(page, app().folder, "palette-masks.zip", () => runCommand(page, "Export masks"));
        const masks = Object.keys(unzipSync(readFileSync(path)));
        expect(masks.filter((name) => !name.startsWith("masks/"))).toEqual([]);
        await page.getByText(`${masks.length} masks written.`).first().waitFor();
        await page.keyboard.press("Shift+3");
        await classRows(page).first().waitFor();
        expect(masks.length).toBeGreaterThanOrEqual(await classRows(page).count());
      },
      WALK,
    );
  });
}
