/** Small and large screens, other languages, and a browser without WebGL. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { findPhases, runCommand, saved } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { view } from "./specimen.test-support.js";

const stages = ["Inspect", "Find phases", "Edit", "Unmix", "Identify", "Report"];

/** What is cut off at the right or at the bottom, bars and the page itself, in each stage. */
async function cutOff(page: Page, stages: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const stage of stages) {
    await runCommand(page, `Go to ${stage}`);
    await page.getByRole("navigation").locator("[aria-current=step]").filter({ hasText: stage }).waitFor();
    const here = await page.evaluate(() => {
      const overflows = (element: Element): boolean =>
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      const bars = ["header", "[role=toolbar]", "footer", "nav"].flatMap((selector) => [...document.querySelectorAll(selector)]);
      return [document.documentElement, ...bars.filter((bar) => bar.closest("section") === null)]
        .filter(overflows)
        .map(
          (element) =>
            `${element.tagName} ${element.scrollWidth}/${element.clientWidth} ${element.scrollHeight}/${element.clientHeight}`,
        );
    });
    found.push(...here.map((what) => `${stage}: ${what}`));
  }
  return found;
}

export function smallAndLarge(shown: () => Page): void {
  test(
    "nothing is cut off at 1280 x 720 in any stage, with the widest tool, nor at 3840 x 2160, where element maps stand beside the rest",
    async () => {
      const page = shown();
      await runCommand(page, "Reset this arrangement");
      await page.setViewportSize({ width: 1280, height: 720 });
      await runCommand(page, "Tool: Wand");
      await runCommand(page, "Select all visible");
      expect(await cutOff(page, stages)).toEqual([]);
      await page.setViewportSize({ width: 3840, height: 2160 });
      await runCommand(page, "Tool: Pick");
      expect(await cutOff(page, ["Identify", "Edit"])).toEqual([]);
      await view(page, "Elements").waitFor();
      const map = await view(page, "Map").boundingBox();
      expect(map?.width).toBeGreaterThan(1200);
      await page.setViewportSize({ width: 1600, height: 1000 });
      await page.keyboard.press("Escape");
    },
    WALK,
  );
}

export function elsewhere(app: () => ServedApp): void {
  describe.sequential("in Germany, without WebGL", () => {
    let page: Page;

    afterAll(() => page?.context().close());

    test(
      "numbers have commas in the app, and files keep their points",
      async () => {
        const context = await app().browser.newContext({
          locale: "de-DE",
          viewport: { width: 1600, height: 1000 },
          acceptDownloads: true,
        });
        page = await context.newPage();
        page.setDefaultTimeout(PATIENCE);
        await page.addInitScript(() => {
          const before = HTMLCanvasElement.prototype.getContext;
          HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...others: unknown[]) {
            return kind.startsWith("webgl") ? null : Reflect.apply(before, this, [kind, ...others]);
          } as typeof before;
        });
        await page.goto(app().server.address);
        await findPhases(page);
        await page.keyboard.press("Shift+3");
        const areas = page.getByRole("grid", { name: "Classes" }).getByRole("gridcell");
        await areas
          .filter({ hasText: /^\d+,\d$/ })
          .first()
          .waitFor();
        expect(await areas.filter({ hasText: /\d\.\d/ }).count()).toBe(0);
        await page.keyboard.press("1");
        await page.getByText(/px selected/).waitFor();
        await page
          .getByRole("toolbar")
          .getByText(/\d,\d+ ?%/)
          .waitFor();
        const csv = await saved(page, app().folder, "german.csv", () => runCommand(page, "Export table of phases"));
        expect(readFileSync(csv, "utf8")).toMatch(/,\d+\.\d+/);
      },
      WALK,
    );

    test(
      "without WebGL the latent space is drawn, and pixels are selected in it",
      async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("r");
        const latent = page.getByRole("application", { name: /^Latent space/ });
        const drawn = await latent.evaluate((canvas) => {
          const all = [...(canvas.closest("section")?.querySelectorAll("canvas") ?? [])];
          return all.some((one) =>
            one
              .getContext("2d")
              ?.getImageData(0, 0, one.width, one.height)
              .data.some((value) => value > 60),
          );
        });
        expect(drawn).toBe(true);
        const box = await latent.boundingBox();
        await page.mouse.move(box!.x + 5, box!.y + 5);
        await page.mouse.down();
        await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height - 30, { steps: 4 });
        await page.mouse.up();
        await page.getByText(/px selected/).waitFor();
        await runCommand(page, "Go to Start");
        await page.getByText("Graphics: software").waitFor();
      },
      WALK,
    );
  });
}
