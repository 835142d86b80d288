/** What tests do in the app, as a person does it. */
import { join } from "node:path";
import type { FileChooser, Page } from "playwright-core";
import { expect } from "vitest";
import { PATIENCE, type ServedApp } from "./served-app.test-support.js";

/** The SHA-256 of the labels, which the status line names. */
export async function labelsOf(page: Page): Promise<string> {
  const title = await page.getByTitle(/Labels: SHA-256/).getAttribute("title");
  return title?.split(" ").at(-1) ?? "";
}

/** Opens the app with the file that it is served with. */
export async function openApp(page: Page, { address }: ServedApp["server"]): Promise<void> {
  await page.goto(address);
  await page
    .getByText(/counts read/)
    .first()
    .waitFor();
}

/** Runs an action by its words: Enter only when it is the chosen one of the list, and on only when the palette has gone. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const search = page.getByPlaceholder("Find an action");
  await search.fill(title);
  await page.locator(".mantine-Spotlight-action[data-selected]").filter({ hasText: title }).waitFor();
  await search.press("Enter");
  await search.waitFor({ state: "hidden" });
}

/** Runs an action that asks for something, and takes the first answer to what is typed when it reads as given. */
export async function askCommand(page: Page, title: string, typed: string, answer: RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  const search = page.getByPlaceholder("Find an action");
  const chosen = page.locator(".mantine-Spotlight-action[data-selected]");
  await search.fill(title);
  await chosen.filter({ hasText: title }).waitFor();
  await search.press("Enter");
  await search.waitFor({ state: "hidden" });
  const question = page.getByRole("dialog", { name: title }).getByRole("textbox");
  await question.fill(typed);
  await chosen.filter({ hasText: answer }).waitFor();
  await question.press("Enter");
  await question.waitFor({ state: "hidden" });
}

/** Selects a class but for the pixels at its rim: a class is not made again of all its pixels. */
export async function selectInside(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page
    .getByText(/px selected/)
    .first()
    .waitFor();
  await runCommand(page, "Shrink selection");
}

type ChosenFiles = Parameters<FileChooser["setFiles"]>[0];

/** Answers the picker that an act opens. */
export async function choose(page: Page, act: () => Promise<void>, files: ChosenFiles): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), act()]);
  await chooser.setFiles(files);
}

export async function openFiles(page: Page, files: ChosenFiles): Promise<void> {
  await choose(page, () => page.keyboard.press("Control+o"), files);
}

const found = (page: Page) => page.getByText(/\d+ classes in \d+ s/).first();

/** Begins a run, when nothing is said any more of a run before it: what is said next is of this one. */
export async function pressFindPhases(page: Page): Promise<void> {
  await found(page).waitFor({ state: "hidden" });
  await page.getByRole("banner").getByRole("button", { name: "Find phases" }).click();
}

/** Finds the phases of what is open. */
export async function findPhases(page: Page): Promise<void> {
  await pressFindPhases(page);
  await foundPhases(page);
}

export async function foundPhases(page: Page): Promise<void> {
  await found(page).waitFor();
}

/** Presses "Find phases" until the labels are as they should be: what is quick is found by itself when a setting changes. */
export async function foundAnew(page: Page, isDone: (labels: string) => boolean): Promise<void> {
  const find = page.getByRole("banner").getByRole("button", { name: /^Find phases/ });
  const tried = async (): Promise<boolean> => {
    if (isDone(await labelsOf(page))) return true;
    if (await find.isVisible()) await find.click({ timeout: 2000 }).catch(() => {});
    return false;
  };
  await expect.poll(tried, { timeout: PATIENCE, interval: 500 }).toBe(true);
  await find.waitFor();
}

/** Saves the file that an act gives, and says where. */
export async function saved(page: Page, folder: string, name: string, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}
