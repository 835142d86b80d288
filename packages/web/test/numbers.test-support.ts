/** From the settings of a run to numbers, in the app and on the command line. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { choose, findPhases, foundAnew, labelsOf, runCommand, saved } from "./acts.test-support.js";
import { runRecipe } from "./command-line.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { classRows, view } from "./specimen.test-support.js";

/** The table of amounts as the app exports it, and as the command line writes it with the recipe of the app. */
async function amountsTwice(page: Page, { folder, file }: ServedApp, name: string): Promise<{ own: Buffer; asRun: Buffer }> {
  const zip = await saved(page, folder, `${name}.zip`, () => runCommand(page, "Export everything"));
  const recipe = await saved(page, folder, `${name}.json`, () => runCommand(page, "Save recipe"));
  const out = join(folder, name);
  runRecipe(file, recipe, out);
  const own = unzipSync(readFileSync(zip))["quantification/classes.csv"];
  expect(own).toBeDefined();
  return { own: Buffer.from(own!), asRun: readFileSync(join(out, "quantification", "classes.csv")) };
}

/** Colours of the classes by their names. */
async function coloursOf(page: Page): Promise<Map<string, string>> {
  await classRows(page).first().waitFor();
  const rows = await classRows(page).all();
  const pairs = rows.map(async (row): Promise<[string, string]> => {
    const name = ((await row.getByRole("rowheader").textContent()) ?? "").trim();
    const swatch = row.locator("[data-pattern]").first();
    return [name, await swatch.evaluate((mark) => getComputedStyle(mark).getPropertyValue("--class"))];
  });
  const colours = new Map(await Promise.all(pairs));
  expect(colours.size).toBe(rows.length);
  return colours;
}

export function fromSettingsToNumbers(app: () => ServedApp): void {
  describe.sequential("from settings to numbers", () => {
    let page: Page;

    test(
      "pixels are binned before phases are found, which the recipe says, and not binned again",
      async () => {
        ({ page } = await app().page(true));
        await page.goto(app().server.address);
        await findPhases(page);
        const found = await labelsOf(page);
        await page.keyboard.press("Shift+2");
        const binning = page.getByRole("radiogroup", { name: "Binning" });
        await binning.getByText("2 × 2").click();
        await foundAnew(page, (labels) => labels !== found);
        const recipe = await saved(page, app().folder, "binned.json", () => runCommand(page, "Save recipe"));
        expect(JSON.parse(readFileSync(recipe, "utf8")).steps[0]).toMatchObject({ step: "bin", factor: 2 });
        await binning.getByText("No", { exact: true }).click();
        await foundAnew(page, (labels) => labels === found);
      },
      PATIENCE,
    );

    test(
      "amounts are quantified with their errors, the same as on the command line",
      async () => {
        await page.keyboard.press("Shift+5");
        await page.getByRole("tab", { name: "Amounts" }).click();
        await page.getByRole("button", { name: "Quantify with XPP" }).click();
        await page
          .getByRole("tabpanel")
          .getByText(/XPP.*± are half of 95 % intervals/)
          .first()
          .waitFor();
        await page.getByRole("banner").getByRole("button", { name: "Find phases" }).waitFor();
        const { own, asRun } = await amountsTwice(page, app(), "numbers");
        expect(own.equals(asRun)).toBe(true);
      },
      PATIENCE,
    );

    test(
      "a spectrum of known composition becomes a standard: its formula is asked for, amounts change, the recipe holds it",
      async () => {
        const tables = page.getByRole("tabpanel").getByRole("table", { name: /^Amounts of/ });
        const before = await tables.textContent();
        await page.keyboard.press("Shift+3");
        await classRows(page).first().click();
        await page.getByText(/px selected/).waitFor();
        await view(page, "Spectrum").getByRole("button", { name: "Export", exact: true }).click();
        const standard = await saved(page, app().folder, "first.msa", () =>
          page.getByRole("menuitem", { name: "Selection (MSA)" }).click(),
        );
        await page.keyboard.press("Shift+5");
        await page.getByRole("tab", { name: "Amounts" }).click();
        const section = page.getByRole("region", { name: "Standards" });
        await choose(page, () => section.getByRole("button", { name: "Add standards" }).click(), standard);
        const formula = section.getByLabel(/^Formula of/);
        await formula.fill("Nothing known");
        await section.getByRole("button", { name: "Use it" }).click();
        await section
          .getByRole("alert")
          .getByText(/is no formula/)
          .waitFor();
        await formula.fill("NaAlSi3O8");
        await section.getByRole("button", { name: "Use it" }).click();
        await section.getByText("1 in the recipe").waitFor();
        await section.getByText(/^The live time of .* is not known/).waitFor();
        await section.getByRole("button", { name: /NaAlSi3O8/ }).click();
        await section.getByLabel("Live time").fill("100");
        await page.keyboard.press("Enter");
        // What is quick is computed by itself.
        const again = page.getByRole("button", { name: "Quantify again" });
        const isDone = async (): Promise<boolean> => {
          if (await again.isVisible()) await again.click({ timeout: 2000 }).catch(() => {});
          else return (await tables.textContent()) !== before;
          return false;
        };
        await expect.poll(isDone, { timeout: PATIENCE }).toBe(true);
        await page
          .getByRole("banner")
          .getByRole("button", { name: /^Find phases/ })
          .waitFor();
        const { own, asRun } = await amountsTwice(page, app(), "standards");
        expect(own.equals(asRun)).toBe(true);
        const { steps } = JSON.parse(readFileSync(join(app().folder, "standards.json"), "utf8"));
        const [quantify] = steps.filter(({ step }: { step: string }) => step === "quantify");
        expect(quantify.standards).toMatchObject([{ formula: "NaAlSi3O8", liveTimeS: 100 }]);
      },
      WALK,
    );

    test(
      "what was chosen by itself is changed by its control and given back: another detail, other classes",
      async () => {
        const found = await labelsOf(page);
        await page.keyboard.press("Shift+3");
        const colours = await coloursOf(page);
        await page.keyboard.press("Shift+2");
        await page.getByText("What was chosen").waitFor();
        const detail = page.getByRole("radiogroup", { name: "Detail" });
        await detail.getByText("Fewer").click();
        await foundAnew(page, (labels) => labels !== found);
        const recipe = await saved(page, app().folder, "fewer.json", () => runCommand(page, "Save recipe"));
        expect(readFileSync(recipe, "utf8")).toMatch(/"detail": 0\.03/);
        // Classes that are found again keep their colours, and the recipe gives these on the command line too.
        await page.keyboard.press("Shift+3");
        const again = [...(await coloursOf(page))].filter(([name]) => colours.has(name));
        expect(again.length).toBeGreaterThan(0);
        for (const [name, colour] of again) expect(colour, name).toBe(colours.get(name));
        const zip = await saved(page, app().folder, "fewer.zip", () => runCommand(page, "Export everything"));
        const out = join(app().folder, "fewer");
        runRecipe(app().file, recipe, out);
        for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip))))
          if (path !== "result.json") expect(Buffer.from(bytes).equals(readFileSync(join(out, path))), path).toBe(true);
        await page.keyboard.press("Shift+2");
        await detail.getByText("Auto").click();
        await foundAnew(page, (labels) => labels === found);
      },
      WALK,
    );

    test(
      "normalisations are seen step by step before any is applied; all controls are a switch away, and refuse what is out of range",
      async () => {
        const found = await labelsOf(page);
        await runCommand(page, "Show Distributions");
        const distributions = view(page, "Distributions");
        await distributions.getByText("Step by step").click();
        const stages = distributions.getByRole("heading", { level: 3 });
        await stages.nth(1).waitFor();
        const before = await stages.count();
        await distributions.getByRole("button", { name: /^\+ / }).first().click();
        await expect.poll(() => stages.count(), { timeout: PATIENCE }).toBe(before + 1);
        await distributions.getByRole("button", { name: "Back to the recipe's" }).click();
        await expect.poll(() => stages.count(), { timeout: PATIENCE }).toBe(before);
        expect(await labelsOf(page)).toBe(found);
        await runCommand(page, "Reset this arrangement");
        const grain = page.getByRole("tabpanel").getByLabel("Smallest grain");
        await grain.fill("0");
        await grain.press("Enter");
        await page.getByRole("tabpanel").getByRole("alert").waitFor();
        expect(await labelsOf(page)).toBe(found);
        await grain.fill("4");
        await grain.press("Enter");
        await page.getByRole("tabpanel").getByRole("alert").waitFor({ state: "detached" });
        const latent = page.getByRole("tabpanel").getByRole("group").filter({ hasText: "Lays the pixels out" });
        expect(await latent.count()).toBe(0);
        await page.getByRole("radiogroup", { name: "Controls" }).getByText("All").click();
        await latent.first().waitFor({ state: "attached" });
        await page.getByRole("radiogroup", { name: "Controls" }).getByText("Basic").click();
      },
      WALK,
    );
  });
}
