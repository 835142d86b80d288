/** What long walks are taken on: the map of a microscope where there is one, the phantom elsewhere. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { openApp, openFiles } from "./acts.test-support.js";
import type { ServedApp } from "./served-app.test-support.js";

/** Folder of the files that came from instruments. */
export const realFiles = process.env["SIGMA_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));

const p45 = join(realFiles, "bcf", "semgeo__P45_12bit_packed_8bit.bcf");

/** P45: dacite, 100 by 75 pixels; undefined where the real files are absent. */
export const realMap = existsSync(p45) ? p45 : undefined;

export const specimenName = realMap === undefined ? "the phantom (no real files here: SIGMA_DATA)" : "P45";

/** Opens it in a page, as a person does. */
export async function openSpecimen(page: Page, { server }: ServedApp): Promise<void> {
  await openApp(page, server);
  if (realMap === undefined) return;
  await openFiles(page, realMap);
  await page
    .getByText(/100 × 75 px/)
    .first()
    .waitFor();
}

/** A view of the workspace, or a section of the inspector, by its title. */
export function view(page: Page, name: string): Locator {
  return page.locator(`section[aria-label="${name}"]`).last();
}

export function classRows(page: Page): Locator {
  return page.getByRole("grid", { name: "Classes" }).locator("[data-class]");
}

/** Pixels that the belt says are selected. */
export async function selectedPixels(page: Page): Promise<number> {
  const said = page.getByRole("toolbar", { name: "Selection" }).getByRole("status").filter({ hasText: "px selected" });
  const [words = ""] = await said.allTextContents();
  return Number(/^[\d,]*/.exec(words)?.[0].replaceAll(",", ""));
}
