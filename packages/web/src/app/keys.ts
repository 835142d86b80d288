/** Which command a key press asks for. */
import type { Command } from "../session/commands.js";

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True when the press is one of the ways in which a command's keys are written: `Ctrl Shift Z, Ctrl Y`. */
export function matches(keys: string, pressed: Pressed): boolean {
  return keys.split(", ").some((way) => {
    const parts = way.split(" ");
    const main = parts.at(-1)!;
    const ctrl = parts.includes("Ctrl");
    const shift = parts.includes("Shift");
    const alt = parts.includes("Alt");
    if (ctrl !== (pressed.ctrlKey || pressed.metaKey) || alt !== pressed.altKey) return false;
    if (/^[0-9]$/.test(main)) return pressed.code === `Digit${main}` && shift === pressed.shiftKey;
    if (/^[A-Z]$/.test(main)) return pressed.key.toUpperCase() === main && shift === pressed.shiftKey;
    return pressed.key === main && (shift === pressed.shiftKey || main.length === 1);
  });
}

/** With Ctrl, these edit text where text is written. */
const EDITS_TEXT = /^[acvxyz]$/i;

/** The command of a press; where something is being written, single letters are letters, and what edits text edits the text. */
export function commandOf(commands: readonly Command[], pressed: Pressed, isWriting: boolean): Command | undefined {
  const plain = !pressed.ctrlKey && !pressed.metaKey && !/^F\d+$/.test(pressed.key);
  if (isWriting && (plain || EDITS_TEXT.test(pressed.key))) return undefined;
  return commands.find(({ keys }) => keys !== undefined && matches(keys, pressed));
}

/** Whether what is focused takes text. */
export function takesText(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

/** Whether a press is what works the control that has the focus: Enter and Space on a button are its own. */
export function worksControl(element: Element | null, { key }: Pick<Pressed, "key">): boolean {
  if (key !== "Enter" && key !== " ") return false;
  return element?.matches("button, a[href], summary, [role=button], [role=tab], [role=menuitem], [role=option]") ?? false;
}
