/** Files that hold several spectrum images, and files that are opened while something else is on its way. */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhases, openFiles, runCommand } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";

const several = fileURLToPath(new URL("../../../fixtures/hspy/variants.hspy", import.meta.url));

export function severalFiles(app: () => ServedApp): void {
  describe.sequential("several images, several files", () => {
    let page: Page;
    let letExampleCome: () => void;
    let hasExampleCome: Promise<void>;
    const facts = (words: string) => page.getByRole("banner").getByText(words).first();
    const kept = () => page.getByText("Saved", { exact: true });

    beforeAll(async () => {
      let hasCome = (): void => {};
      // Its own worker would bring the example before anyone could hold it.
      const context = await app().browser.newContext({ serviceWorkers: "block", viewport: { width: 1600, height: 1000 } });
      page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      page.on("filechooser", () => {});
      hasExampleCome = new Promise<void>((resolve) => {
        hasCome = resolve;
      });
      const held = new Promise<void>((resolve) => {
        letExampleCome = resolve;
      });
      await page.route("**/examples/*.sigma", async (route) => {
        await held;
        await route.fulfill({ response: await route.fetch() });
        hasCome();
      });
      await page.goto(new URL("/", app().server.address).href);
      await page.getByText("Drop a file anywhere in this window").waitFor();
    }, WALK);

    afterAll(async () => {
      letExampleCome?.();
      await page?.context().close();
    });

    test(
      "a file with several spectrum images lists them; one is chosen, then another, and both are kept",
      async () => {
        await openFiles(page, several);
        const list = page.getByRole("region", { name: "Spectrum images of the file" });
        await list.getByRole("heading", { name: "variants.hspy holds 6 spectrum images" }).waitFor();
        const largest = list.getByRole("button", { name: /^d tilt series/ });
        await expect.poll(() => largest.evaluate((it) => it === document.activeElement), { timeout: PATIENCE }).toBe(true);
        await list.getByRole("button", { name: /^a map in eV.* 254 counts/ }).waitFor();
        await list.getByRole("button", { name: /^c line of intensities.* intensities, not counts/ }).waitFor();
        await list.getByRole("button", { name: /^a map in eV/ }).click();
        await facts("5 × 4 px").waitFor();
        await kept().waitFor();
        const choice = page.getByLabel("Spectrum image of the file");
        expect(await choice.locator("option:checked").textContent()).toBe("a map in eV");
        await choice.selectOption({ label: "e energy first" });
        await facts("4 × 3 px").waitFor();
        expect(await choice.locator("option:checked").textContent()).toBe("e energy first");
        await kept().waitFor();
        await runCommand(page, "Go to Start");
        await expect.poll(() => page.getByRole("button", { name: /^variants\.hspy/ }).count(), { timeout: PATIENCE }).toBe(2);
        await page
          .getByRole("button", { name: /^variants\.hspy/ })
          .last()
          .click();
        await facts("5 × 4 px").waitFor();
      },
      WALK,
    );

    test(
      "a recent file that is opened while the example is still on its way stays, whatever comes then",
      async () => {
        const { file, other } = app();
        await openFiles(page, other);
        await facts("40 × 42 px").waitFor();
        await kept().waitFor();
        await openFiles(page, [file, file.replace(/rpl$/, "raw")]);
        await facts("56 × 42 px").waitFor();
        await kept().waitFor();
        await runCommand(page, "Go to Start");
        await page.getByRole("button", { name: /^other\.rpl/ }).click();
        letExampleCome();
        await hasExampleCome;
        await facts("40 × 42 px").waitFor();
        await findPhases(page);
        await facts("40 × 42 px").waitFor();
        expect(await page.getByTitle("Open another file").textContent()).toBe("other.rpl");
      },
      WALK,
    );

    test(
      "of two things that are asked for at once the later one stays: an example, then a recent file",
      async () => {
        await runCommand(page, "Go to Start");
        const example = page.getByRole("button", { name: "Rare grain" });
        const recent = page.getByRole("button", { name: /^specimen\.rpl/ });
        const [first, second] = [await example.elementHandle(), await recent.elementHandle()];
        await page.evaluate(
          (buttons) => {
            for (const button of buttons) (button as HTMLElement | null)?.click();
          },
          [first, second],
        );
        await facts("56 × 42 px").waitFor();
        await findPhases(page);
        await facts("56 × 42 px").waitFor();
      },
      WALK,
    );
  });
}
