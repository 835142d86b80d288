/** What is selected and what it is called, and files of the result and of the image that other programs take. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhases, foundAnew, labelsOf, runCommand, saved } from "./acts.test-support.js";
import { runRecipe, runSigma } from "./command-line.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

export function namingAndKeeping(app: () => ServedApp): void {
  describe.sequential("named and kept", () => {
    let page: Page;
    let found: string;
    const names = () => classRows(page).getByRole("rowheader").allTextContents();

    beforeAll(async () => {
      ({ page } = await app().page(true));
      await page.goto(app().server.address);
      await findPhases(page);
      await page.keyboard.press("Shift+3");
      await classRows(page).first().waitFor();
      found = await labelsOf(page);
    }, WALK);

    afterAll(() => page?.context().close());

    test(
      "bars of the selection follow it: the classes that it lies in, its lines against the others, and their table",
      async () => {
        const card = view(page, "Selection");
        const lies = async () =>
          ((await card.getByRole("img").getAttribute("aria-label")) ?? "")
            .split(/ (?:< )?\d+ %(?:, |$)/)
            .filter((name) => name !== "");
        const lines = card.getByRole("table", { name: "Lines of the selection against all pixels" });
        const [first, second, ...others] = await names();
        await page.keyboard.press("1");
        await expect.poll(lies, { timeout: PATIENCE }).toEqual([first]);
        const ofFirst = await lines.textContent();
        await page.keyboard.press("2");
        await expect.poll(lies, { timeout: PATIENCE }).toEqual([second]);
        await expect.poll(() => lines.textContent(), { timeout: PATIENCE }).not.toBe(ofFirst);
        await page.keyboard.press("Control+i");
        await expect.poll(lies, { timeout: PATIENCE }).toEqual(expect.arrayContaining([first, ...others]));
        expect(await lies()).not.toContain(second);
        const shown = await lies();
        await card.getByRole("button", { name: "Selection: show as table" }).click();
        await card.getByLabel("Table", { exact: true }).selectOption({ label: "Classes of the selection" });
        const rows = card.getByRole("table", { name: "Classes of the selection" }).getByRole("rowheader");
        await rows.first().waitFor();
        expect(await rows.allTextContents()).toEqual(shown);
        await card.getByRole("button", { name: "Selection: show as table" }).click();
        await page.keyboard.press("Escape");
        await card.getByText(/^Nothing selected/).waitFor();
      },
      WALK,
    );

    test(
      "a name from the evidence is accepted as an edit, which changes no label, stands in the recipe and is undone",
      async () => {
        const before = await names();
        await page.keyboard.press("Shift+5");
        await page.getByRole("tab", { name: "Names" }).click();
        const panel = page.getByRole("tabpanel");
        const accepted = panel.getByText("accepted", { exact: true });
        const accept = panel.getByRole("button", { name: /^Accept “/ }).first();
        await accept.waitFor();
        const already = await accepted.count();
        const name = /“(.*)”/.exec((await accept.textContent()) ?? "")?.[1];
        await accept.click();
        await expect.poll(() => accepted.count(), { timeout: PATIENCE }).toBe(already + 1);
        expect(await labelsOf(page)).toBe(found);
        const path = await saved(page, app().folder, "named.json", () => runCommand(page, "Save recipe"));
        const steps: { step: string; action?: string; name?: string }[] = JSON.parse(readFileSync(path, "utf8")).steps;
        expect(steps.filter(({ step }) => step === "edit")).toMatchObject([{ action: "rename", name }]);
        await page.keyboard.press("Shift+3");
        const isNew = async () => (await names()).filter((one) => !before.includes(one));
        await expect.poll(isNew, { timeout: PATIENCE }).toEqual([name]);
        await page.keyboard.press("Control+z");
        await expect.poll(names, { timeout: PATIENCE }).toEqual(before);
        await page.keyboard.press("Shift+5");
        await expect.poll(() => accepted.count(), { timeout: PATIENCE }).toBe(already);
        await page.keyboard.press("Shift+3");
      },
      WALK,
    );

    test(
      "classes get the colours of their minerals, one gets a colour far from its neighbours, and both are edits that are undone",
      async () => {
        const history = page.getByRole("region", { name: "History" });
        const newest = (sentence: RegExp) =>
          history.locator("[aria-current=step][aria-busy=false]").filter({ hasText: sentence }).waitFor({ timeout: PATIENCE });
        const swatches = classRows(page).getByRole("button", { name: /^Colour of / });
        const colours = () => swatches.evaluateAll((all) => all.map((one) => one.querySelector("i")?.getAttribute("style")));
        const before = await colours();
        await page.keyboard.press("Shift+5");
        await page.getByRole("tab", { name: "Names" }).click();
        const panel = page.getByRole("tabpanel");
        await panel.getByRole("button", { name: /names? that stands? out$/ }).click();
        const coloured = panel.locator("button:not([aria-disabled=true])", { hasText: "Mineral colours" });
        await coloured.click();
        await page.keyboard.press("Shift+3");
        await newest(/^Coloured the classes as minerals/);
        const asMinerals = await colours();
        expect(asMinerals).not.toEqual(before);
        expect(await labelsOf(page)).toBe(found);
        const path = await saved(page, app().folder, "coloured.json", () => runCommand(page, "Save recipe"));
        const steps: { step: string; action?: string }[] = JSON.parse(readFileSync(path, "utf8")).steps;
        expect(steps.filter(({ step }) => step === "edit").at(-1)).toMatchObject({ action: "recolour" });
        await swatches.first().click();
        await page.getByRole("dialog").getByRole("button", { name: "Far from its neighbours" }).click();
        await newest(/^Recoloured/);
        const [far, ...others] = await colours();
        expect(far).not.toBe(asMinerals[0]);
        expect(others).toEqual(asMinerals.slice(1));
        await page.keyboard.press("Escape");
        await history.getByRole("button", { name: /^Found phases/ }).click();
        await newest(/^Found phases/);
        await expect.poll(colours, { timeout: PATIENCE }).toEqual(before);
      },
      WALK,
    );

    test(
      "a crop is seen before it is made: how much it keeps; then the map is cropped, and the whole map is there again",
      async () => {
        await page.keyboard.press("Shift+1");
        await page.keyboard.press("r");
        const map = (await page.getByRole("application", { name: /^Map of/ }).boundingBox())!;
        await page.mouse.move(map.x + 0.4 * map.width, map.y + 0.35 * map.height);
        await page.mouse.down();
        await page.mouse.move(map.x + 0.6 * map.width, map.y + 0.65 * map.height, { steps: 4 });
        await page.mouse.up();
        await expect.poll(() => selectedPixels(page), { timeout: PATIENCE }).toBeGreaterThan(0);
        const crop = view(page, "Crop");
        await crop.getByRole("img", { name: "Counts of what a crop keeps" }).waitFor();
        const words = (await crop.getByText(/ px, .* of the map with .* of its counts/).textContent()) ?? "";
        const [, width, height] = /: (\d+) × (\d+) px/.exec(words)!;
        expect(Number(width) * Number(height)).toBe(await selectedPixels(page));
        expect(await labelsOf(page)).toBe(found);
        await crop.getByRole("button", { name: "Crop to the selection" }).click();
        await foundAnew(page, (labels) => labels !== found);
        const recipe = await saved(page, app().folder, "cropped.json", () => runCommand(page, "Save recipe"));
        const [{ step, x, y }] = JSON.parse(readFileSync(recipe, "utf8")).steps;
        expect([step, x[1] - x[0], y[1] - y[0]]).toEqual(["crop", Number(width), Number(height)]);
        await page.keyboard.press("Shift+1");
        await crop.getByRole("button", { name: "Back to the whole map" }).click();
        await foundAnew(page, (labels) => labels === found);
        await page.keyboard.press("Shift+3");
      },
      WALK,
    );

    test(
      "masks of the classes are the bytes that the command line writes",
      async () => {
        const zip = await saved(page, app().folder, "masks.zip", () => runCommand(page, "Export everything"));
        const recipe = await saved(page, app().folder, "masks.json", () => runCommand(page, "Save recipe"));
        const out = join(app().folder, "masks");
        runRecipe(app().file, recipe, out);
        const files = unzipSync(readFileSync(zip), { filter: ({ name }) => name.startsWith("masks/") });
        const written = readdirSync(join(out, "masks")).map((name) => `masks/${name}`);
        expect(written.length).toBeGreaterThanOrEqual(await classRows(page).count());
        expect(Object.keys(files).sort()).toEqual(written.sort());
        const other = written.filter((path) => !readFileSync(join(out, path)).equals(files[path]!));
        expect(other).toEqual([]);
      },
      WALK,
    );

    test(
      "the spectrum image is written for HyperSpy, the same bytes as the command line converts it to",
      async () => {
        const own = await saved(page, app().folder, "own.hspy", () => runCommand(page, "Export spectrum image for HyperSpy"));
        mkdirSync(join(app().folder, "converted"));
        const converted = join(app().folder, "converted", "specimen.hspy");
        runSigma("convert", app().file, converted);
        expect(readFileSync(own).equals(readFileSync(converted))).toBe(true);
      },
      WALK,
    );
  });
}
