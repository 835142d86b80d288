/** What happens to the work of a person when the machine, the browser or a file is not as it should be. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  choose,
  findPhases,
  foundPhases,
  labelsOf,
  openApp,
  openFiles,
  pressFindPhases,
  runCommand,
  selectInside,
} from "./acts.test-support.js";
import { seriousProblems } from "./axe.test-support.js";
import { PATIENCE, type ServedApp, WALK, type WatchedPage } from "./served-app.test-support.js";

/** Ends the worker as the browser does when memory runs out: without an event. */
async function killEngine(page: Page): Promise<void> {
  const engine = page.workers().find((worker) => worker.url().includes("engine-worker"));
  const closed = engine?.waitForEvent("close");
  // It may be gone before it answers.
  engine?.evaluate(() => close()).catch(() => {});
  await closed;
}

export function whenThingsGoWrong(app: () => ServedApp): void {
  describe.sequential("when things go wrong", () => {
    let watched: WatchedPage;
    let found: string;

    test(
      "a run is stopped within a moment, and what was finished stays",
      async () => {
        watched = await app().page(true);
        const { page } = watched;
        await openApp(page, app().server);
        await pressFindPhases(page);
        await page.getByRole("banner").getByRole("button", { name: "Stop" }).click();
        await page
          .getByText(/Stopped/)
          .first()
          .waitFor();
        await page.getByRole("banner").getByRole("button", { name: "Find phases" }).waitFor();
      },
      PATIENCE,
    );

    test(
      "the computation dies: it is said, the session is kept, and trying again works",
      async () => {
        const { page } = watched;
        await pressFindPhases(page);
        await page.getByRole("banner").getByRole("button", { name: "Stop" }).waitFor();
        await killEngine(page);
        await page
          .getByRole("alert")
          .getByText(/ended unexpectedly/)
          .waitFor();
        expect(await seriousProblems(page)).toEqual([]);
        await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
        await foundPhases(page);
        found = await labelsOf(page);
        await page.keyboard.press("Shift+3");
      },
      PATIENCE,
    );

    test(
      "a computation that dies while nobody asks is begun anew without a word",
      async () => {
        const { page } = watched;
        await killEngine(page);
        await selectInside(page, "1");
        await page.keyboard.press("n");
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).not.toBe(found);
      },
      PATIENCE,
    );

    test(
      "without a network nothing changes: the app opens, with the session from before",
      async () => {
        const { page } = watched;
        const edited = await labelsOf(page);
        await page.getByText("Saved", { exact: true }).waitFor();
        await page.evaluate(async () => {
          await navigator.serviceWorker.ready;
        });
        await page.context().setOffline(true);
        await page.goto(new URL("/", app().server.address).href);
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(edited);
        await page.keyboard.press("Control+z");
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
        await page.context().setOffline(false);
      },
      PATIENCE,
    );

    test(
      "a session of another file is refused with its reason; both files have their sessions",
      async () => {
        const { page } = watched;
        const saved = page.waitForEvent("download");
        await runCommand(page, "Save session");
        const session = join(app().folder, "specimen.sigma");
        await (await saved).saveAs(session);
        await openFiles(page, app().other);
        await page
          .getByText(/40 × 42 px/)
          .first()
          .waitFor();
        await choose(page, () => runCommand(page, "Open session"), session);
        await page
          .getByRole("alert")
          .getByText(/made from another file/)
          .waitFor();
        expect(await seriousProblems(page)).toEqual([]);
        await page.getByRole("alert").getByRole("button", { name: "Apply its recipe to this file" }).click();
        await page
          .getByText(/^Recipe of specimen\.rpl/)
          .first()
          .waitFor();
        await findPhases(page);
        await page.getByText("Saved", { exact: true }).waitFor();
        await page.getByTitle("Open another file").click();
        await page.getByRole("button", { name: /^specimen\.rpl/ }).click();
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
      },
      PATIENCE,
    );

    test(
      "on Start a session asks for its file, and goes on when that is opened",
      async () => {
        const { page } = await app().page(true);
        await page.goto(new URL("/", app().server.address).href);
        await page.getByRole("heading", { name: "Open a spectrum image" }).waitFor();
        const session = join(app().folder, "specimen.sigma");
        await choose(page, () => page.getByRole("button", { name: "Open a session" }).click(), session);
        const card = page.getByRole("alert");
        await card.getByText("This session needs the file from which it was made, “specimen.rpl”.").waitFor();
        await page.getByRole("heading", { name: "Open a spectrum image" }).waitFor();
        await choose(page, () => card.getByRole("button", { name: "Open file" }).click(), [
          app().file,
          app().file.replace(/rpl$/, "raw"),
        ]);
        // Said for some seconds only: what comes after it would miss it on a busy machine.
        await page.getByText("The session of specimen.rpl goes on.").first().waitFor();
        await expect.poll(() => labelsOf(page), { timeout: PATIENCE }).toBe(found);
        await page.close();
      },
      WALK,
    );

    test(
      "a browser without room for the session says so once, and the work goes on",
      async () => {
        const { page } = await app().page(true);
        await page.addInitScript(() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("No room is left.", "QuotaExceededError");
          };
        });
        await page.goto(app().server.address);
        await page
          .getByRole("alert")
          .getByText(/Autosave stopped/)
          .waitFor();
        expect(await seriousProblems(page)).toEqual([]);
        await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
        await findPhases(page);
        expect(await labelsOf(page)).toBe(found);
        expect(await page.getByRole("alert").filter({ hasText: /\S/ }).count()).toBe(0);
        await page.close();
      },
      PATIENCE,
    );

    test(
      "a session that is open in two windows is kept twice, and neither takes the other's place",
      async () => {
        const { page } = await app().page(true);
        await openApp(page, app().server);
        await findPhases(page);
        await page.getByText("Saved", { exact: true }).waitFor();
        const second = await page.context().newPage();
        second.setDefaultTimeout(PATIENCE);
        await second.goto(new URL("/", app().server.address).href);
        await second
          .getByText(/open in another window too/)
          .first()
          .waitFor();
        for (const [window, name] of [
          [page, "First"],
          [second, "Second"],
        ] as const) {
          await window.keyboard.press("Shift+3");
          await window.keyboard.press("1");
          await window.keyboard.press("F2");
          await window.getByLabel("Name of the class").fill(name);
          await window.keyboard.press("Enter");
          await window
            .getByText(new RegExp(`^Renamed .* to “${name}”`))
            .first()
            .waitFor();
          await window.getByText("Saved", { exact: true }).waitFor();
        }
        await page.getByTitle("Open another file").click();
        await expect.poll(() => page.getByRole("button", { name: /^specimen\.rpl/ }).count(), { timeout: PATIENCE }).toBe(2);
        await page.context().close();
      },
      PATIENCE,
    );

    test("nothing of this was asked of another host", () => {
      const own = new URL("/", app().server.address).href;
      expect(watched.asked.filter((url) => !url.startsWith(own) && !url.startsWith("blob:"))).toEqual([]);
    });
  });
}
