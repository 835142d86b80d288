/** Two results beside each other, and one found several times. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { choose, labelsOf, runCommand, saved } from "./acts.test-support.js";
import { undoAll } from "./editing.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

export function comparing(shown: () => Page, app: () => ServedApp): void {
  describe.sequential("comparing", () => {
    let page: Page;
    let found: string;
    const compare = () => view(page, "Compare");

    beforeAll(async () => {
      page = shown();
      found = await labelsOf(page);
    });

    test(
      "a result is put aside and compared with what came after: how many pixels changed, which they are, and who became whom",
      async () => {
        const classes = await classRows(page).count();
        await runCommand(page, "Show Compare");
        await compare().getByRole("button", { name: "Put this result aside" }).click();
        await compare()
          .getByText(/^Every pixel is in the class that it was in/)
          .waitFor();
        const session = await saved(page, app().folder, "put-aside.sigma", () => runCommand(page, "Save session"));
        await page.keyboard.press("Escape");
        await classRows(page).nth(0).click();
        await classRows(page)
          .nth(1)
          .click({ modifiers: ["Control"] });
        await page.getByRole("button", { name: "Merge" }).click();
        await compare()
          .getByText(/of the pixels changed their class; adjusted Rand index 0\.\d+/)
          .waitFor();
        expect(await compare().getByRole("table", { name: "Matched classes" }).locator("tbody tr").count()).toBe(classes);
        await page.keyboard.press("Escape");
        await compare().getByRole("button", { name: "Select the changed pixels" }).click();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(0);
        const changed = await selectedPixels(page);
        await undoAll(page, found);
        await page.keyboard.press("2");
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(changed);
        await compare()
          .getByText(/^Every pixel is in the class that it was in/)
          .waitFor();
        await choose(page, () => compare().getByRole("button", { name: "Open a result…" }).click(), session);
        await compare()
          .getByRole("button", { name: /put-aside\.sigma/ })
          .waitFor();
        await compare()
          .getByText(/^Every pixel is in the class that it was in/)
          .waitFor();
        await runCommand(page, "Reset this arrangement");
        expect(await labelsOf(page)).toBe(found);
      },
      WALK,
    );

    test(
      "classes are found again from counts drawn anew: how often each, on the map, and the map is as it was",
      async () => {
        await page.keyboard.press("Escape");
        await page.getByRole("tab", { name: "Doubt" }).click();
        const section = page.getByRole("region", { name: "Are the classes found again?" });
        await section.getByLabel("Runs").fill("2");
        await section.getByLabel("Runs").press("Enter");
        await section.getByRole("button", { name: "Find them 2 times again" }).click();
        const table = section.getByRole("table", { name: "Classes found again" });
        await table.waitFor();
        await section.getByText("2 runs", { exact: true }).waitFor();
        await section.getByText("Found again", { exact: true }).click();
        await page
          .getByRole("button", { name: /^What the map shows: / })
          .filter({ hasText: /again/i })
          .waitFor();
        await section.getByText("Classes", { exact: true }).click();
        await page.getByRole("tab", { name: "Classes" }).click();
        expect(await table.count()).toBe(0);
        expect(await labelsOf(page)).toBe(found);
      },
      WALK,
    );
  });
}
