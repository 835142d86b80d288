/** One menu for the right button, the menu key, Shift F10 and a "..." button. */
import { Menu, Portal } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import type { MenuGroups } from "../../session/menu-entry.js";
import styles from "./menu.module.css";
import { MenuEntries } from "./menu-entries.js";

interface Opened {
  readonly groups: MenuGroups;
  readonly place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly position: "bottom-start" | "bottom-end";
  /** Has the focus again afterwards. */
  readonly before: Element | null;
}

export interface ContextMenu {
  readonly opened: boolean;
  /** For the element on which the right button and the menu key open it. */
  readonly area: { onContextMenu(event: MouseEvent): void; onKeyDown(event: KeyboardEvent): void };
  /** Opens it below a button, or closes it. */
  toggleBelow(button: Element): void;
  /** For the element around that button. */
  readonly around: { onPointerDown(): void };
  /** Draws it; stands anywhere. */
  readonly menu: ReactNode;
}

/** `groupsOf` makes the entries when it opens; with the element that was pressed. With none it stays shut. */
export function useContextMenu(groupsOf: (target: Element) => MenuGroups): ContextMenu {
  const [opened, setOpened] = useState<Opened>();
  // A press outside the menu closes it before the button hears of the click.
  const wasOpen = useRef(false);
  const open = (target: Element, place: Opened["place"], position: Opened["position"]): boolean => {
    const groups = groupsOf(target).filter((entries) => entries.length > 0);
    if (groups.length === 0) return false;
    setOpened({ groups, place, position, before: document.activeElement });
    return true;
  };
  const close = (): void => {
    setOpened(undefined);
    if (opened?.before instanceof HTMLElement) opened.before.focus({ preventScroll: true });
  };
  return {
    opened: opened !== undefined,
    area: {
      onContextMenu(event) {
        const { target, currentTarget } = event;
        if (event.defaultPrevented || !isMeant(target, currentTarget)) return;
        if (open(target, placeOfPress(event, target), "bottom-start")) event.preventDefault();
      },
      onKeyDown(event) {
        const { target, currentTarget } = event;
        if (!isMenuKey(event) || event.defaultPrevented || !isMeant(target, currentTarget)) return;
        if (open(target, middleOf(target), "bottom-start")) event.preventDefault();
      },
    },
    around: {
      onPointerDown() {
        wasOpen.current = opened !== undefined;
      },
    },
    toggleBelow(button) {
      const closes = opened !== undefined || wasOpen.current;
      wasOpen.current = false;
      if (closes) close();
      else open(button, placeOf(button), "bottom-end");
    },
    menu: opened !== undefined && <OpenMenu {...opened} onClose={close} />,
  };
}

function OpenMenu({ groups, place, position, onClose }: Opened & { onClose(): void }) {
  return (
    <Portal>
      <Menu
        opened
        onChange={(stays) => !stays && onClose()}
        // The key that opens it is still under way.
        clickOutsideEvents={outside}
        position={position}
        shadow="md"
        width={260}
        offset={2}
        middlewares={within}
        alignItemsLabels={hasChoices(groups) ? "all" : "none"}
        withinPortal
      >
        <Menu.Target>
          <span className={styles["anchor"]} style={{ ...place }} />
        </Menu.Target>
        <Menu.Dropdown onContextMenu={(event) => event.preventDefault()}>
          <MenuEntries groups={groups} onTaken={onClose} />
        </Menu.Dropdown>
      </Menu>
    </Portal>
  );
}

const outside = ["mousedown", "touchstart"];
/** It stays on the screen, over the place that was pressed where there is no room beside it. */
const within = { flip: true, shift: { crossAxis: true, padding: 8 } } as const;

/** Whether room is kept for the signs of what is chosen. */
function hasChoices(groups: MenuGroups): boolean {
  return groups.flat().some((entry) => "items" in entry || ("chosen" in entry && entry.chosen !== undefined));
}

/** What was pressed lies in the area itself, not in a popover of it, and has no menu of the browser's that is of use: a field has one. */
function isMeant(target: EventTarget, area: EventTarget): target is Element {
  if (!(target instanceof Element) || !(area instanceof Element) || !area.contains(target)) return false;
  return (
    target.closest("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true], a[href]") === null
  );
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}

/** The pointer; where a key was pressed browsers give no place that says anything. */
function placeOfPress({ clientX, clientY, button }: MouseEvent, target: Element): Opened["place"] {
  if (button !== 2 && clientX === 0 && clientY === 0) return middleOf(target);
  return { left: clientX, top: clientY, width: 0, height: 0 };
}

function placeOf(target: Element): Opened["place"] {
  const { left, top, width, height } = target.getBoundingClientRect();
  return { left, top, width, height };
}

function middleOf(target: Element): Opened["place"] {
  const { left, top, width, height } = placeOf(target);
  return { left: left + Math.min(width / 2, 200), top: top + Math.min(height / 2, 24), width: 0, height: 0 };
}
