import { useLayoutEffect } from "react";

/** Keys that are pressed while a menu is open are the menu's. It takes the focus only a moment after it shows, and something else may take it away: a key that is pressed then would close or clear what lies beneath. */
export function useMenuKeys(): void {
  useLayoutEffect(() => {
    // Before every other listener on the window: those of effects come later.
    window.addEventListener("keydown", giveToMenu, { capture: true });
    return () => window.removeEventListener("keydown", giveToMenu, { capture: true });
  }, []);
}

function giveToMenu(event: KeyboardEvent): void {
  const { activeElement } = document;
  const menu = openMenu();
  if (menu === undefined || menu.contains(activeElement) || isForOthers(event) || takesText(activeElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  menu.focus({ preventScroll: true });
  menu.dispatchEvent(new KeyboardEvent(event.type, event));
}

/** The innermost: a list that opens beside an entry comes after it. */
function openMenu(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[data-menu-dropdown]")].at(-1);
}

/** Keys that press nothing in a menu: held ones, those of the browser, and Tab, which goes on from where the focus is. */
function isForOthers({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || isComposing || key === "Tab" || key === "Shift";
}

function takesText(element: Element | null): boolean {
  return element?.matches("input, textarea, [contenteditable=true]") ?? false;
}
