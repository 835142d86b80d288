/** One selection for all views: made anywhere, by any tool and mode, and followed by everything that counts it. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { labelsOf, runCommand } from "./acts.test-support.js";
import { undoAll } from "./editing.test-support.js";
import { PATIENCE, WALK } from "./served-app.test-support.js";
import { classRows, selectedPixels, view } from "./specimen.test-support.js";

type Point = readonly [number, number];

/** Draws with the pointer through points of a picture, given as shares of its width and height, with keys held. */
async function draw(page: Page, picture: Locator, points: readonly Point[], held: readonly string[] = []): Promise<void> {
  const box = await picture.boundingBox();
  if (box === null) throw new TypeError("The picture is not shown.");
  const [first, ...others] = points.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  for (const key of held) await page.keyboard.down(key);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const point of others) await page.mouse.move(...point, { steps: 4 });
  await page.mouse.up();
  for (const key of held) await page.keyboard.up(key);
}

/** The pixel beneath a place of the map, as the status line names it. */
async function pixelAt(page: Page, map: Locator, place: Point): Promise<Point> {
  const box = await map.boundingBox();
  await page.mouse.move(box!.x + place[0] * box!.width, box!.y + place[1] * box!.height);
  const words = page.getByRole("contentinfo").getByText(/^x \d+ {1,2}y \d+$/);
  const [, x, y] = /x (\d+)\s+y (\d+)/.exec((await words.textContent()) ?? "")!;
  return [Number(x), Number(y)];
}

/** Moves the pointer over the map until the status line names a class. */
async function goToClass(page: Page, map: Locator, name: string): Promise<void> {
  const said = page.getByRole("contentinfo").getByText(new RegExp(`^${name}(?![\\w-])`));
  for (let place = 0; place < 300; place++) {
    await pixelAt(page, map, [0.12 + 0.038 * (place % 20), 0.16 + 0.045 * Math.floor(place / 20)]);
    if (await said.isVisible()) return;
  }
  throw new RangeError(`The pointer found no pixel of ${name}.`);
}

async function click(page: Page): Promise<void> {
  await page.mouse.down();
  await page.mouse.up();
}

/** Corners of a rectangle that lies inside the pixels of the map, wherever the map lies in its view. */
const from: Point = [0.42, 0.3];
const to: Point = [0.58, 0.7];

export function selecting(shown: () => Page): void {
  describe.sequential("selecting", () => {
    let page: Page;
    let map: Locator;
    const count = () => selectedPixels(page);
    /** Waits until another number of pixels is selected than before, and gives it. */
    const changed = async (before: number): Promise<number> => {
      await expect.poll(count, { timeout: PATIENCE }).not.toBe(before);
      return count();
    };
    const nothing = async (): Promise<void> => {
      await runCommand(page, "Select all visible");
      await page.keyboard.press("Escape");
      await page.getByText("Nothing selected", { exact: true }).waitFor();
    };

    beforeAll(() => {
      page = shown();
      map = page.getByRole("application", { name: /^Map of/ });
    });

    test(
      "a rectangle takes the pixels between its corners; held keys add, subtract and intersect",
      async () => {
        await page.keyboard.press("r");
        const [left, top] = await pixelAt(page, map, from);
        const [right, bottom] = await pixelAt(page, map, to);
        const [middle] = await pixelAt(page, map, [0.5, 0.5]);
        const [width, height] = [right - left, bottom - top];
        await draw(page, map, [from, to]);
        const whole = await changed(0);
        expect(whole).toBeGreaterThanOrEqual((width - 1) * (height - 1));
        expect(whole).toBeLessThanOrEqual((width + 1) * (height + 1));
        await draw(page, map, [from, [0.5, 0.7]], ["Alt"]);
        const half = await changed(whole);
        expect(half / whole).toBeCloseTo((right - middle) / width, 1);
        await draw(page, map, [from, [0.5, 0.7]], ["Shift"]);
        expect(await changed(half)).toBe(whole);
        await draw(page, map, [from, [0.5, 0.7]], ["Shift", "Alt"]);
        expect(await changed(whole)).toBe(whole - half);
      },
      WALK,
    );

    test(
      "a lasso, a brush, a wand and a click select on the map; the modes hold without keys; invert takes the rest",
      async () => {
        await nothing();
        await runCommand(page, "Select all visible");
        const all = await changed(0);
        await page.keyboard.press("l");
        await draw(page, map, [from, [0.58, 0.3], to, from]);
        const triangle = await changed(all);
        await page.keyboard.press("Control+i");
        expect(await changed(triangle)).toBe(all - triangle);
        await page.keyboard.press("Shift+S");
        await page.getByRole("button", { name: "Subtract from the selection", pressed: true }).waitFor();
        await page.keyboard.press("b");
        await draw(page, map, [
          [0.5, 0.72],
          [0.5, 0.74],
        ]);
        expect(await changed(all - triangle)).toBeLessThan(all - triangle);
        await page.keyboard.press("Shift+R");
        await page.keyboard.press("w");
        const before = await count();
        await map.click({ position: await centreOf(map) });
        const wand = await changed(before);
        expect(wand).toBeGreaterThan(0);
        await nothing();
        await page.keyboard.press("v");
        const grainOf = (await classRows(page).nth(1).getByRole("rowheader").textContent()) ?? "";
        await goToClass(page, map, grainOf);
        await click(page);
        const grain = await changed(0);
        await click(page);
        expect(await changed(grain)).toBeGreaterThan(grain);
      },
      WALK,
    );

    test(
      "a lasso of nothing keeps what was selected, and says so",
      async () => {
        await page.keyboard.press("1");
        await page.getByText(/px selected/).waitFor();
        const before = await count();
        await page.keyboard.press("l");
        const latent = page.getByRole("application", { name: /^Latent space/ });
        await draw(page, latent, [
          [0.01, 0.01],
          [0.03, 0.01],
          [0.03, 0.03],
          [0.01, 0.01],
        ]);
        await page
          .getByText(/No pixels inside/)
          .first()
          .waitFor();
        expect(await count()).toBe(before);
      },
      WALK,
    );

    test(
      "pixels are selected in the latent space, in a histogram, in a ternary and by a rule",
      async () => {
        await nothing();
        await runCommand(page, "Select all visible");
        const all = await changed(0);
        const latent = page.getByRole("application", { name: /^Latent space/ });
        await page.keyboard.press("r");
        await draw(page, latent, [
          [0.02, 0.02],
          [0.5, 0.9],
        ]);
        const left = await changed(all);
        await draw(
          page,
          latent,
          [
            [0.5, 0.02],
            [0.98, 0.9],
          ],
          ["Shift"],
        );
        expect(await changed(left)).toBeGreaterThan(0.95 * all);

        await nothing();
        await page.getByRole("tab", { name: "Doubt" }).click();
        await page.getByRole("application", { name: /^Membership of the best class/ }).focus();
        for (const key of ["End", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"]) await page.keyboard.press(key);
        const surest = await changed(0);
        expect(surest).toBeLessThan(all);
        for (const key of ["End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Shift+Enter"]) await page.keyboard.press(key);
        const sure = await changed(surest);
        expect(sure).toBeGreaterThan(surest);

        await runCommand(page, "Show Ternary");
        const ternary = page.getByRole("application", { name: /^Ternary diagram/ });
        await page.keyboard.press("l");
        await draw(page, ternary, [
          [0.02, 0.98],
          [0.98, 0.98],
          [0.5, 0.02],
          [0.02, 0.98],
        ]);
        const inTernary = await changed(sure);
        expect(inTernary).toBeGreaterThan(0.5 * all);

        await page.getByRole("tab", { name: "Classes" }).click();
        await page.keyboard.press("g");
        const gate = page.getByRole("region", { name: "Gate" });
        await gate.getByLabel("Add a rule").selectOption("membership");
        await gate.getByRole("slider").first().focus();
        for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
        await gate.getByRole("button", { name: "Select" }).click();
        const gated = await changed(inTernary);
        expect(gated).toBeLessThan(all);
        await page.keyboard.press("v");
        await runCommand(page, "Reset this arrangement");
      },
      WALK,
    );

    test(
      "a rule on the area of grains is typed as a number, said in words, and makes a class",
      async () => {
        await nothing();
        await page.getByRole("tab", { name: "Classes" }).click();
        await runCommand(page, "Select by rule");
        const gate = page.getByRole("region", { name: "Gate" });
        await gate.getByLabel("Add a rule").selectOption("grain_px");
        const most = gate.getByRole("textbox", { name: "Area of the grain at most, px" });
        await most.fill("40");
        await most.press("Enter");
        await gate.getByText("A pixel is selected when Area of the grain is at most 40 px.").waitFor();
        await gate.getByRole("button", { name: "Select" }).click();
        const small = await changed(0);
        expect(await gate.getByRole("status").textContent()).toContain(`${small.toLocaleString("en")} pixels of`);
        const found = await labelsOf(page);
        await runCommand(page, "Make a class");
        await page.getByLabel("Name of the class").waitFor();
        await page.keyboard.press("Enter");
        await page.getByLabel("Name of the class").waitFor({ state: "hidden" });
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(found);
        await undoAll(page, found);
        await page.keyboard.press("v");
      },
      WALK,
    );

    test(
      "what is selected is counted at once in the class list, the spectrum and the card, and shown to be so",
      async () => {
        await nothing();
        const legend = view(page, "Spectrum").getByRole("button", { name: "Pin Selection" });
        await legend.waitFor({ state: "hidden" });
        await classRows(page).nth(0).click();
        const first = await changed(0);
        await legend.waitFor();
        expect(await classRows(page).nth(0).textContent()).toContain("100");
        await classRows(page)
          .nth(1)
          .click({ modifiers: ["Control"] });
        const both = await changed(first);
        const card = page.getByRole("region", { name: "Selection" }).getByRole("img").first();
        const shares = (await card.getAttribute("aria-label")) ?? "";
        expect(shares.split(", ")).toHaveLength(2);
        const share = Number(/(\d+(\.\d+)?) %/.exec(shares)?.[1]);
        expect(share).toBeCloseTo((100 * Math.max(first, both - first)) / both, -0.5);
        await page.keyboard.press("Escape");
        await page.getByText("Nothing selected", { exact: true }).waitFor();
        await legend.waitFor({ state: "hidden" });
      },
      WALK,
    );
  });
}

async function centreOf(picture: Locator): Promise<{ x: number; y: number }> {
  const box = await picture.boundingBox();
  return { x: box!.width / 2, y: box!.height / 2 };
}
