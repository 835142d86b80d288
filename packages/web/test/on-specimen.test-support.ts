/** Long walks over one page with the phases of the specimen: each begins and ends in Edit, with nothing selected and no edit. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhases } from "./acts.test-support.js";
import { comparing } from "./comparing.test-support.js";
import { editing } from "./editing.test-support.js";
import { menus } from "./menus.test-support.js";
import { smallAndLarge } from "./screens.test-support.js";
import { selecting } from "./selecting.test-support.js";
import { type ServedApp, WALK, type WatchedPage } from "./served-app.test-support.js";
import { classRows, openSpecimen, specimenName } from "./specimen.test-support.js";
import { spectra } from "./spectra.test-support.js";
import { everyView } from "./views.test-support.js";

export function onSpecimen(app: () => ServedApp): void {
  describe.sequential(`on ${specimenName}`, () => {
    let watched: WatchedPage;
    const page = (): Page => watched.page;

    beforeAll(async () => {
      watched = await app().page(true);
      await openSpecimen(page(), app());
      await findPhases(page());
      await page().keyboard.press("Shift+3");
      await classRows(page()).first().waitFor();
    }, WALK);

    afterAll(() => watched?.page.context().close());

    selecting(page);
    editing(page, app);
    comparing(page, app);
    spectra(page, app);
    everyView(page, app);
    menus(page, app);
    smallAndLarge(page);

    test("nothing was asked of another host, and the page had nothing to complain of", () => {
      const own = new URL("/", app().server.address).href;
      expect(watched.asked.filter((url) => !url.startsWith(own) && !url.startsWith("blob:"))).toEqual([]);
      expect(watched.complaints.filter((text) => !text.includes("404"))).toEqual([]);
    });
  });
}
