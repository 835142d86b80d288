/** Workers that help the computation: with memory that all of them see where the page is alone with its memory, and with copies where it is not. */
import type { Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findPhases, labelsOf, openApp } from "./acts.test-support.js";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";

/** As a server answers that sends no headers for isolation. */
async function withoutIsolation(route: Route): Promise<void> {
  const response = await route.fetch();
  const headers = Object.entries(response.headers()).filter(([name]) => !name.startsWith("cross-origin-"));
  await route.fulfill({ response, headers: Object.fromEntries(headers) });
}

async function labelsFound(app: ServedApp, isIsolated: boolean): Promise<string> {
  const { page, asked, complaints } = await app.page(true);
  if (!isIsolated) await page.context().route("**/*", withoutIsolation);
  await openApp(page, app.server);
  expect(await page.evaluate("crossOriginIsolated")).toBe(isIsolated);
  await findPhases(page);
  const labels = await labelsOf(page);
  expect(asked.some((url) => url.includes("thread-worker"))).toBe((await page.evaluate("navigator.hardwareConcurrency")) !== 1);
  expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  await page.context().close();
  return labels;
}

export function helpingThreads(app: () => ServedApp): void {
  describe.sequential("threads that help", () => {
    test(
      "give the same labels with shared memory and without it",
      async () => {
        const isolated = await labelsFound(app(), true);
        expect(await labelsFound(app(), false)).toBe(isolated);
      },
      2 * PATIENCE,
    );
  });
}
