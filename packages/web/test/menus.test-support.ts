/** The menu of every view, of a class, and of the rail: what there is no room for, what is open, and how it comes back. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { labelsOf, runCommand } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

const stages = ["Inspect", "Find phases", "Edit", "Unmix", "Identify", "Report"];

export function menus(shown: () => Page, app: () => ServedApp): void {
  test(
    "the right button on the map picks the grain beneath it, Shift F10 clears the selection, and a class is renamed from its row",
    async () => {
      const page = shown();
      const map = page.getByRole("application", { name: /^Map/ });
      const box = await map.boundingBox();
      const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.click(x, y, { button: "right" });
      await page.getByRole("menuitem", { name: "Select this pixel" }).click();
      await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(1);
      await page.mouse.click(x, y, { button: "right" });
      await page.getByRole("menuitem", { name: /^Select the class/ }).click();
      await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(100);
      await view(page, "Spectrum").getByRole("button", { name: "Menu of the view" }).click();
      await page.getByRole("menuitem", { name: "Maximise" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("menuitem").first().waitFor({ state: "detached" });
      expect(await selectedPixels(page)).toBeGreaterThan(100);
      await map.press("Shift+F10");
      await page.getByRole("menuitem", { name: "Clear selection" }).click();
      await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBe(0);
      const row = classRows(page).nth(1);
      const name = await row.getByRole("rowheader").textContent();
      await row.click({ button: "right" });
      await page.getByRole("menuitem", { name: "Rename class..." }).click();
      await page.keyboard.type("From its menu");
      await page.keyboard.press("Enter");
      await row.getByRole("rowheader").filter({ hasText: "From its menu" }).waitFor();
      expect(await selectedPixels(page)).toBe(0);
      await page.keyboard.press("Control+z");
      await row
        .getByRole("rowheader")
        .filter({ hasText: name ?? "" })
        .waitFor();
    },
    WALK,
  );

  test(
    "a view that Views opens is a tab in front, and is so again after another stage and after the page was closed; nothing of a header is sliced in a small window",
    async () => {
      const page = shown();
      const before = await view(page, "Map").boundingBox();
      await toggled(page, "Distributions");
      await view(page, "Distributions").waitFor();
      expect(Math.abs((await view(page, "Map").boundingBox())!.width - before!.width)).toBeLessThan(2);
      await page.setViewportSize({ width: 1280, height: 720 });
      expect(await slicedIn(page)).toEqual([]);
      await page.setViewportSize({ width: 1600, height: 1000 });
      await runCommand(page, "Go to Edit");
      await view(page, "Distributions").waitFor();
      const labels = await labelsOf(page);
      await page.getByText("Saved", { exact: true }).waitFor({ timeout: PATIENCE });
      await page.goto(new URL("/", app().server.address).href);
      await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(labels);
      await view(page, "Distributions").waitFor();
      await toggled(page, "Distributions");
      await view(page, "Distributions").waitFor({ state: "detached" });
      await page.getByRole("navigation").getByRole("button", { name: "Views" }).click();
      await page.getByRole("menuitem", { name: "Reset this arrangement" }).click();
      await view(page, "Latent space").waitFor();
    },
    WALK,
  );
}

/** Opens or closes a view by the list of the rail. */
async function toggled(page: Page, name: string): Promise<void> {
  const entry = page.getByRole("menuitemcheckbox", { name, exact: true });
  await page.getByRole("navigation").getByRole("button", { name: "Views" }).click();
  const isOpen = (await entry.getAttribute("aria-checked")) === "true";
  await entry.click();
  await expect.poll(() => entry.getAttribute("aria-checked"), { timeout: PATIENCE }).toBe(String(!isOpen));
  await page.keyboard.press("Escape");
  await entry.waitFor({ state: "detached" });
}

/** Headers of views that hold more than they show, in each stage. */
async function slicedIn(page: Page): Promise<string[]> {
  const sliced: string[] = [];
  for (const stage of stages) {
    await runCommand(page, `Go to ${stage}`);
    await page.getByRole("navigation").locator("[aria-current=step]").filter({ hasText: stage }).waitFor();
    const here = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll("section > header")]
          .filter((header) => [header, ...header.children].some((part) => part.scrollWidth > part.clientWidth + 1))
          .map((header) => header.textContent ?? ""),
      );
    await expect.poll(here, { timeout: PATIENCE }).toEqual([]);
    sliced.push(...(await here()).map((header) => `${stage}: ${header}`));
  }
  return sliced;
}
