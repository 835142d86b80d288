/** Menus as plain values, made when they are opened: what stands in "..." of a view, and under the right button. */
import type { ViewSession } from "./view-session.js";

export interface MenuAct {
  readonly label: string;
  /** Keys that do the same. */
  readonly keys?: string | undefined;
  /** Why it cannot be done now; it stays in its place and says so. */
  readonly unavailable?: string | undefined;
  /** For what is on or off, and for one of several: whether it holds. */
  readonly chosen?: boolean | undefined;
  run(): void;
}

/** Choices behind one line. */
export interface MenuList {
  readonly label: string;
  readonly items: readonly MenuAct[];
}

/** Words for which there was no room. */
export interface MenuNote {
  readonly note: string;
}

export type MenuEntry = MenuAct | MenuList | MenuNote;

/** Groups of entries, with a line between them; empty ones are left out. */
export type MenuGroups = readonly (readonly MenuEntry[])[];

/** Commands by their ids as entries; those that are not there are left out. What comes of one that cannot be done is said. */
export function commandEntries(
  { commands, actions }: Pick<ViewSession, "commands" | "actions">,
  ids: readonly string[],
): MenuAct[] {
  return ids.flatMap((id) => {
    const command = commands.get(id);
    if (command === undefined) return [];
    const run = async (): Promise<void> => {
      const reason = await commands.run(id);
      if (reason !== undefined) actions.say(reason);
    };
    const { title, keys } = command;
    return [{ label: title, keys, unavailable: command.unavailable?.(), run: () => void run() }];
  });
}
