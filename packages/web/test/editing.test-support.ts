/** Classes are edited: what they are called and look like, what is theirs, and all of it undone, gone back to and written down. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { labelsOf, runCommand, saved, selectInside } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels } from "./specimen.test-support.js";

/** Undoes everything that was done with classes and selections, to the labels that were found. */
export async function undoAll(page: Page, found: string): Promise<void> {
  const first = page.getByRole("region", { name: "History" }).getByRole("button", { name: /^Found phases/ });
  await first.click();
  await expect.poll(() => first.getAttribute("aria-current"), { timeout: PATIENCE }).toBe("step");
  await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
}

export function editing(shown: () => Page, app: () => ServedApp): void {
  describe.sequential("editing", () => {
    let page: Page;
    let found: string;
    let rows: Locator;
    const newest = (sentence: RegExp) =>
      page
        .getByRole("region", { name: "History" })
        .locator("[aria-current=step][aria-busy=false]")
        .filter({ hasText: sentence })
        .waitFor();
    const nameOf = async (row: number) => ((await rows.nth(row).getByRole("rowheader").textContent()) ?? "").trim();
    const count = () => rows.count();

    beforeAll(async () => {
      page = shown();
      rows = classRows(page);
      found = await labelsOf(page);
    });

    test(
      "a class is renamed, recoloured, locked and noted; each is a step of the recipe, and none changes a label",
      async () => {
        await rows.nth(1).dblclick();
        await page.getByLabel("Name of the class").fill("Groundmass");
        await page.keyboard.press("Enter");
        await newest(/^Renamed .* to “Groundmass”/);
        await page.getByRole("button", { name: "Colour of Groundmass" }).click();
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /^Colour 20/ })
          .click();
        await newest(/^Recoloured “Groundmass”/);
        await page.getByRole("button", { name: "Lock Groundmass" }).click();
        await newest(/^Locked “Groundmass”/);
        await rows.nth(1).click();
        await page.getByRole("button", { name: "Note", exact: true }).click();
        await page.getByLabel("Note on “Groundmass”, for the report").fill("Fine-grained.");
        await page.getByRole("button", { name: "Keep" }).click();
        await newest(/^Noted something on “Groundmass”/);
        await rows.nth(1).getByRole("img", { name: "has a note" }).waitFor();
        expect(await labelsOf(page)).toBe(found);
        const path = await saved(page, app().folder, "edited.json", () => runCommand(page, "Save recipe"));
        const steps: { action?: string }[] = JSON.parse(readFileSync(path, "utf8")).steps;
        expect(steps.flatMap(({ action }) => action ?? [])).toEqual(["rename", "recolour", "lock", "note"]);
      },
      WALK,
    );

    test(
      "a locked class keeps its pixels, and it is said beforehand",
      async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("2");
        await page.getByText(/px are in a locked class and will stay there/).waitFor();
        await page.keyboard.press("Control+a");
        const all = await selectedPixels(page);
        await page.keyboard.press("n");
        await newest(/^Made a class from the selection/);
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(found);
        await page.keyboard.press("Escape");
        await rows.filter({ hasText: "Groundmass" }).click();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(0);
        expect(await selectedPixels(page)).toBeLessThan(all);
        await undoAll(page, found);
        expect(await rows.filter({ hasText: "Groundmass" }).count()).toBe(0);
      },
      WALK,
    );

    test(
      "a hidden class is not caught by a selection, and one that is shown alone hides the others",
      async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+a");
        const all = await selectedPixels(page);
        await page.keyboard.press("Escape");
        await rows.nth(0).click();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeLessThan(all);
        const first = await selectedPixels(page);
        await page.getByRole("button", { name: `Hide ${await nameOf(0)}`, exact: true }).click();
        await page.getByText(/classes, 1 hidden/).waitFor();
        await page.keyboard.press("Control+a");
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(all - first);
        await page.getByRole("button", { name: `Show ${await nameOf(0)}`, exact: true }).click();
        await page.getByText(/^\d+ classes$/).waitFor();
        await page.keyboard.press("Escape");
        await runCommand(page, "Show only this class");
        await page.keyboard.press("Control+a");
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(first);
        await runCommand(page, "Show only this class");
        await page.keyboard.press("Control+a");
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(all);
      },
      WALK,
    );

    test(
      "classes are merged, split and re-clustered, seen on the map before it is decided, and each is undone",
      async () => {
        const before = await count();
        await rows.nth(0).click();
        await rows.nth(1).click({ modifiers: ["Control"] });
        await page
          .getByRole("status")
          .filter({ hasText: /^Different: |^No line tells/ })
          .waitFor();
        await page.getByRole("button", { name: "Merge" }).click();
        await expect.poll(count, { timeout: PATIENCE }).toBe(before - 1);
        await page.keyboard.press("Control+z");
        await expect.poll(count, { timeout: PATIENCE }).toBe(before);
        await rows.nth(1).click();
        await page.getByRole("button", { name: "Split", exact: true }).click();
        await page.getByRole("button", { name: "Show on the map" }).click();
        await expect.poll(count, { timeout: PATIENCE }).toBeGreaterThan(before);
        await page.getByRole("button", { name: "Discard" }).click();
        await expect.poll(count, { timeout: PATIENCE }).toBe(before);
        await rows.nth(1).click();
        await page.getByRole("button", { name: "Re-cluster inside" }).click();
        await page.getByLabel("Number of classes").fill("3");
        await page.getByRole("button", { name: "Show on the map" }).click();
        await page.getByRole("button", { name: "Keep" }).click();
        await expect.poll(count, { timeout: PATIENCE }).toBe(before + 2);
        expect(await labelsOf(page)).not.toBe(found);
        await undoAll(page, found);
      },
      WALK,
    );

    test(
      "a selection is moved to another class; the history goes back and forth by a click",
      async () => {
        await page.keyboard.press("Escape");
        await rows.nth(1).click();
        await page.getByText(/px selected/).waitFor();
        await page.locator("button:not([aria-disabled=true])", { hasText: "Move to..." }).waitFor();
        await page.keyboard.press("m");
        await page
          .getByRole("menuitem")
          .filter({ hasText: await nameOf(0) })
          .first()
          .click();
        await newest(/^Moved the selection to/);
        const moved = await labelsOf(page);
        expect(moved).not.toBe(found);
        await undoAll(page, found);
        await page
          .getByRole("region", { name: "History" })
          .getByRole("button", { name: /^Moved the selection to/ })
          .click();
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(moved);
        await undoAll(page, found);
      },
      WALK,
    );

    test(
      "what an edit after Undo takes the place of is kept beside the history, and gone back to",
      async () => {
        const rename = async (name: string) => {
          await page.keyboard.press("Escape");
          await page.keyboard.press("2");
          await page.keyboard.press("F2");
          await page.getByLabel("Name of the class").fill(name);
          await page.keyboard.press("Enter");
          await newest(new RegExp(`^Renamed .* to “${name}”`));
        };
        const before = (name: string) =>
          page.getByRole("menuitem", { name: new RegExp(`^Before: 1 edit, last: Renamed .* to “${name}”`) });
        const more = page.getByRole("region", { name: "History" }).getByRole("button", { name: "Replaced edits" });
        await rename("First thought");
        await page.keyboard.press("Control+z");
        await expect.poll(() => rows.filter({ hasText: "First thought" }).count(), { timeout: PATIENCE }).toBe(0);
        await rename("Second thought");
        await more.click();
        await before("First thought").click();
        await newest(/^Renamed .* to “First thought”/);
        await rows.filter({ hasText: "First thought" }).waitFor();
        await more.click();
        await before("Second thought").waitFor();
        await page.keyboard.press("Escape");
        await before("Second thought").waitFor({ state: "hidden" });
        await undoAll(page, found);
        expect(await rows.filter({ hasText: "thought" }).count()).toBe(0);
      },
      WALK,
    );

    test(
      "a class that is made is named at once: what is typed after N is its name, whichever tab is in front",
      async () => {
        const made = await count();
        await page.keyboard.press("Escape");
        await selectInside(page, "1");
        await page.getByRole("tab", { name: "Doubt" }).click();
        await page.getByRole("application", { name: /^Map/ }).focus();
        await page.keyboard.type("nApatite");
        await expect
          .poll(
            () =>
              page
                .getByLabel("Name of the class")
                .inputValue()
                .catch(() => ""),
            { timeout: PATIENCE },
          )
          .toBe("Apatite");
        await page.keyboard.press("Enter");
        await newest(/^Renamed .* to “Apatite”/);
        await rows.filter({ hasText: "Apatite" }).waitFor();
        await page.keyboard.press("3");
        await page.keyboard.press("F2");
        await page.getByLabel("Name of the class").fill("Third");
        await page.keyboard.press("Enter");
        await newest(/^Renamed .* to “Third”/);
        await undoAll(page, found);
        await expect.poll(count, { timeout: PATIENCE }).toBe(made);
      },
      WALK,
    );

    test(
      "N on a whole class opens its name, and what is typed after an N that is refused does nothing",
      async () => {
        const before = await count();
        const name = () =>
          page
            .getByLabel("Name of the class")
            .inputValue()
            .catch(() => "");
        await page.keyboard.press("Escape");
        await page.keyboard.press("1");
        await page.getByText(/px selected/).waitFor();
        await page.getByRole("tab", { name: "Doubt" }).click();
        await page.getByRole("application", { name: /^Map/ }).focus();
        await page.keyboard.type("nApatite");
        await page
          .getByText(/^This is the class “.*” already/)
          .first()
          .waitFor();
        await expect.poll(name, { timeout: PATIENCE }).toBe("Apatite");
        await page.keyboard.press("Enter");
        await newest(/^Renamed .* to “Apatite”/);
        expect(await count()).toBe(before);
        expect(await labelsOf(page)).toBe(found);
        await page.keyboard.press("Escape");
        await page.getByRole("application", { name: /^Map/ }).focus();
        const tool = () =>
          page.getByRole("toolbar", { name: "Selection" }).locator("[aria-pressed=true]").first().getAttribute("aria-label");
        const held = await tool();
        await page.keyboard.type("npelbm");
        await page
          .getByText(/^Nothing is selected/)
          .first()
          .waitFor();
        expect(await tool()).toBe(held);
        expect(await page.getByRole("dialog").count()).toBe(0);
        await undoAll(page, found);
      },
      WALK,
    );
  });
}
