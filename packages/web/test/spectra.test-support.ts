/** The spectrum and the maps of elements: axes, comparisons, peaks and whose they are, elements marked, windows and mixes. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { choose, runCommand, saved } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, view } from "./specimen.test-support.js";

export function spectra(shown: () => Page, app: () => ServedApp): void {
  describe.sequential("spectra and maps of elements", () => {
    let page: Page;
    let plot: Locator;
    const spectrum = () => view(page, "Spectrum");
    const mapShows = (words: RegExp) => page.getByRole("button", { name: words }).first().waitFor();

    beforeAll(() => {
      page = shown();
      plot = page.getByRole("application", { name: /^Spectrum from/ });
    });

    test(
      "axes, units and comparisons are changed by keys and by choice; spectra are pinned and let go",
      async () => {
        await page.keyboard.press("Escape");
        await classRows(page).nth(0).click();
        await spectrum()
          .getByRole("button", { name: /^Pin (?!Sel)/ })
          .first()
          .waitFor();
        await plot.focus();
        const scale = (name: string) => spectrum().getByRole("radio", { name, checked: true }).waitFor({ state: "attached" });
        await plot.press("y");
        await scale("Linear axis");
        await plot.press("y");
        await scale("Square root axis");
        await plot.press("y");
        await scale("Log axis");
        await plot.press("p");
        const pins = spectrum().getByRole("button", { name: /^Unpin Selection/ });
        await pins.waitFor();
        await plot.press("t");
        const comparison = spectrum().getByLabel("Compare", { exact: true });
        await expect.poll(() => comparison.inputValue(), { timeout: PATIENCE }).toBe("difference");
        await spectrum().getByLabel("Compare with").selectOption("sum");
        await plot.press("t");
        await expect.poll(() => comparison.inputValue(), { timeout: PATIENCE }).toBe("ratio");
        await spectrum().getByLabel("Unit").selectOption("normalised");
        await spectrum().getByRole("button", { name: "Export", exact: true }).click();
        const file = await saved(page, app().folder, "pinned.msa", () =>
          page.getByRole("menuitem", { name: "Selection (MSA)" }).click(),
        );
        await choose(page, () => runCommand(page, "Pin a reference spectrum..."), file);
        await spectrum()
          .getByRole("button", { name: /^Unpin pinned|^Unpin .*pinned/ })
          .waitFor();
        for (const pin of await spectrum()
          .getByRole("button", { name: /^Unpin/ })
          .all())
          await pin.focus();
        await pins.click();
        await pins.waitFor({ state: "detached" });
        await spectrum()
          .getByRole("button", { name: /^Unpin/ })
          .click();
        await plot.press("t");
        await spectrum().getByLabel("Unit").selectOption("per-pixel");
      },
      WALK,
    );

    test(
      "a peak is walked to by keys: candidates with evidence are told, and it is mapped",
      async () => {
        await page.keyboard.press("Escape");
        await plot.focus();
        await plot.press("Home");
        await plot.press("ArrowUp");
        await page
          .getByRole("contentinfo")
          .getByText(/^Peak at \d/)
          .waitFor();
        await plot.press("ArrowUp");
        await plot.press("Enter");
        const card = page.locator("section[aria-label^='Candidates for the peak at']");
        await card.waitFor();
        const candidates = card.getByRole("button", { name: /evidence \d of 5/ });
        expect(await candidates.count()).toBeGreaterThan(0);
        await card.getByRole("button", { name: "Map this peak" }).click();
        await mapShows(/^What the map shows: .*(keV|α|β|ℓ)/);
        await card.press("Escape");
        await card.waitFor({ state: "detached" });
        await spectrum().getByRole("button", { name: "No energy window" }).click();
        await page.getByRole("button", { name: /^What the map shows/ }).click();
        await page.getByRole("menuitemradio", { name: "Classes", exact: true }).click();
        await mapShows(/^What the map shows: Classes/);
        await plot.focus();
        for (let step = 0; step < 120; step++) await plot.press("Shift+ArrowRight");
        await plot.press("Enter");
        await page
          .getByRole("contentinfo")
          .getByText(/^No peak stands above the background at \d/)
          .waitFor();
        expect(await card.count()).toBe(0);
      },
      WALK,
    );

    test(
      "an element is marked in the periodic table by its letters, and its line is named in the spectrum at once",
      async () => {
        await plot.focus();
        await plot.press("e");
        const table = page.getByRole("group", { name: "Periodic table" });
        await table.locator("[tabindex='0']").focus();
        await page.keyboard.type("zr");
        const zirconium = table.getByRole("button", { name: /^zirconium/i });
        await expect.poll(() => zirconium.evaluate((cell) => cell === document.activeElement), { timeout: PATIENCE }).toBe(true);
        await page.keyboard.press("Enter");
        await page.getByRole("application", { name: /lines of .*Zr.* marked/ }).waitFor();
        await expect.poll(() => zirconium.getAttribute("aria-pressed"), { timeout: PATIENCE }).toBe("true");
        await page.keyboard.press("Enter");
        await expect.poll(() => zirconium.getAttribute("aria-pressed"), { timeout: PATIENCE }).toBe("false");
        await page.keyboard.press("Escape");
        await table.waitFor({ state: "detached" });
      },
      WALK,
    );

    test(
      "maps of elements fill the large map by a click, and mix by Ctrl and click; contrast has its controls",
      async () => {
        await runCommand(page, "Show Elements");
        const tiles = view(page, "Elements").getByRole("button", { name: /counts/ });
        await tiles.nth(0).click();
        const first = ((await tiles.nth(0).locator("strong").textContent()) ?? "").trim();
        const second = ((await tiles.nth(1).locator("strong").textContent()) ?? "").trim();
        await mapShows(new RegExp(`^What the map shows: ${first}`));
        await tiles.nth(1).click({ modifiers: ["Control"] });
        await tiles.nth(2).click({ modifiers: ["Control"] });
        await mapShows(new RegExp(`^What the map shows: .*${first}.*${second}`));
        await view(page, "Map").getByRole("button", { name: "Contrast and colour map" }).click();
        const contrast = page.getByRole("dialog");
        // Two ends for each colour of the mix; one is moved by a key, and it alone.
        const ends = contrast.getByRole("slider", { name: /colour at$/ });
        expect(await ends.count()).toBe(6);
        const said = () => ends.evaluateAll((all) => all.map((end) => end.getAttribute("aria-valuetext")));
        const before = await said();
        await ends.nth(1).focus();
        await page.keyboard.press("ArrowLeft");
        await expect.poll(async () => (await said())[1]).not.toBe(before[1]);
        expect((await said()).filter((words, i) => words !== before[i])).toHaveLength(1);
        await contrast.getByRole("button", { name: /^Back to 1 to 99\.5 %/ }).click();
        await expect.poll(said).toEqual(before);
        expect(await contrast.getByRole("button", { name: /^Colour map/ }).count()).toBe(0);
        await contrast.getByText("magenta, green, cyan").click();
        await contrast.getByLabel("Gamma").fill("2");
        await contrast.getByText("2.00", { exact: true }).waitFor();
        await page.keyboard.press("Escape");
        await view(page, "Elements").getByRole("button", { name: "Back to classes" }).click();
        await mapShows(/^What the map shows: Classes/);
        await runCommand(page, "Reset this arrangement");
      },
      WALK,
    );
  });
}
