/** Whether the palette has what buttons do. */
import type { Locator, Page } from "playwright-core";

/** Buttons that are the palette itself, or open a menu whose entries are looked at. */
const OPENERS = ["Find an action", "Views", "Export", "More for the selection"];
/** What buttons say in other words than the palette. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  "Open another file": "Open file",
  Help: "Keys and help",
  "Find phases again": "Find phases",
};

/** Names of buttons and menu entries of the shell (bars at the top and left, tool belt) for which the palette has no action. */
export async function missingInPalette(page: Page): Promise<string[]> {
  const titles = await paletteTitles(page);
  const bars = [page.getByRole("banner"), page.getByRole("navigation"), page.getByRole("toolbar", { name: "Selection" })];
  const names = (await Promise.all(bars.map((bar) => namesOf(bar.getByRole("button"))))).flat();
  for (const menu of OPENERS.slice(2)) {
    await page.getByRole("button", { name: menu, exact: true }).first().click();
    const items = page.getByRole("menuitem");
    await items.first().waitFor();
    names.push(...(await namesOf(items)));
    await page.keyboard.press("Escape");
    await items.first().waitFor({ state: "hidden" });
  }
  const isThere = (name: string): boolean => {
    const wanted = (OTHER_WORDS[name] ?? name).toLowerCase();
    return OPENERS.includes(name) || titles.some((title) => title.toLowerCase().includes(wanted));
  };
  return names.filter((said) => !said.some(isThere)).map(([first]) => first!);
}

async function paletteTitles(page: Page): Promise<string[]> {
  await page.keyboard.press("Control+k");
  const actions = page.locator(".mantine-Spotlight-action");
  await actions.first().waitFor();
  const titles = await actions.allTextContents();
  await page.keyboard.press("Escape");
  await actions.first().waitFor({ state: "hidden" });
  return titles;
}

/** Of each its title, label, and text without the keys that stand beside it; a title may say more than what it does. */
function namesOf(buttons: Locator): Promise<string[][]> {
  return buttons.evaluateAll((all) =>
    all.map((button) => {
      const text = [...button.childNodes]
        .filter((node) => !(node instanceof Element && /key|kbd/i.test(`${node.tagName} ${node.className}`)))
        .map((node) => node.textContent ?? "")
        .join("");
      const said = [button.getAttribute("title"), button.getAttribute("aria-label"), text];
      return said.map((name) => (name ?? "").replace(/, not up to date$/, "").trim()).filter((name) => name !== "");
    }),
  );
}
