/** The page loaded again, at the address that the command line prints: the work is as it was left, to the last edit. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foundPhases, labelsOf, openApp, pressFindPhases } from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";

/** Milliseconds from an edit to the end of the page. */
const HASTE = 50;

/** Renames the first class, and does not wait for it. */
async function renameFirst(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Shift+3");
  await page.keyboard.press("1");
  await page.keyboard.press("F2");
  await page.getByLabel("Name of the class").fill(name);
  await page.keyboard.press("Enter");
}

export function comingBack(app: () => ServedApp): void {
  describe.sequential("coming back", () => {
    let page: Page;
    const saved = () => page.getByText("Saved", { exact: true }).waitFor();
    const kept = () => page.getByRole("button", { name: /^specimen\.rpl/ });

    beforeAll(async () => {
      ({ page } = await app().page(true));
    });

    afterAll(() => page?.context().close());

    test(
      "a file that was only looked at is kept once, however often its page is loaded",
      async () => {
        await openApp(page, app().server);
        await saved();
        for (const _ of [1, 2]) {
          await openApp(page, app().server);
          await saved();
        }
        await page.getByTitle("Open another file").click();
        await expect.poll(() => kept().count(), { timeout: PATIENCE }).toBe(1);
      },
      PATIENCE,
    );

    test(
      "a run that the end of the page cut off is told, and run again by a press",
      async () => {
        await openApp(page, app().server);
        await pressFindPhases(page);
        await page.getByRole("banner").getByRole("button", { name: "Stop" }).waitFor();
        await page.goto(app().server.address);
        const card = page.getByRole("alert");
        await card.getByText("A run was cut off when the page was closed or loaded again.").waitFor();
        expect(await seriousProblems(page)).toEqual([]);
        await card.getByRole("button", { name: "Try again" }).click();
        await foundPhases(page);
        await saved();
      },
      PATIENCE,
    );

    test(
      "an edit made in the last moment before the page is loaded again is there, with the result",
      async () => {
        const found = await labelsOf(page);
        await renameFirst(page, "Hasty");
        await page.waitForTimeout(HASTE);
        await page.goto(app().server.address);
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
        await page
          .getByText(/^Renamed .* to “Hasty”/)
          .first()
          .waitFor();
        expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(0);
        await page.getByTitle("Open another file").click();
        await expect.poll(() => kept().count(), { timeout: PATIENCE }).toBe(1);
      },
      PATIENCE,
    );
  });
}
