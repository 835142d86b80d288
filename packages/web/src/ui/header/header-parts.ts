/** What stands in the header of a view, and in its "..." where there is no room for it. */
import { createContext, useContext, useEffect, useId, useRef } from "react";
import type { MenuAct, MenuEntry } from "../../session/menu-entry.js";
import { type OfferedAction, useOffered } from "../host.js";

/** Where a control stands in the menu of its view: when its header has no room for it, in any case, or not at all. */
export type InMenu = "folded" | "always" | "never";

export interface HeaderPart {
  readonly menu: Exclude<InMenu, "never">;
  entries(): readonly MenuEntry[];
}

export interface HeaderParts {
  add(id: string, part: HeaderPart): () => void;
}

/** Undefined where a control stands in no header. */
export const HeaderPartsContext = createContext<HeaderParts | undefined>(undefined);

/** What goes into the menu first where a header is narrow. Of equals the last in the header goes first. */
export const foldRank = { hint: 0, icon: 1, slider: 2, button: 3, segments: 4, choice: 5, export: 6, maximise: 7 } as const;

/** For the element of a control: by these its header finds it. None where it stands in no header. */
export interface PartMarks {
  readonly "data-part"?: string;
  readonly "data-folds"?: number;
}

interface PartOptions {
  /** One of `foldRank`. */
  readonly folds: number;
  /** Default `folded`. */
  readonly menu?: InMenu | undefined;
  /** False where the palette has a command of its own for it. Default true. */
  readonly inPalette?: boolean | undefined;
  /** Keys of the one act, which a command has: they are not of the palette's entry. */
  readonly keys?: string | undefined;
  /** Choices that stand behind one line of the menu, by the words before the colon of their titles. */
  readonly list?: string | undefined;
  /** What stands in the menu, where it is not the actions one by one. */
  entries?(): readonly MenuEntry[];
}

/** Offers what a control does to the palette, and to the menu of the view in whose header it stands. */
export function useHeaderPart(actions: readonly OfferedAction[], options: PartOptions): PartMarks {
  const { folds, menu = "folded", inPalette = true, keys, list } = options;
  useOffered(inPalette ? actions : none);
  return useMenuPart(folds, menu, () => options.entries?.() ?? entriesOf(actions, list, keys));
}

/** Words in a header, which stand in the menu where there is no room for them. */
export function useHeaderNote(note: string): PartMarks {
  return useMenuPart(foldRank.hint, "folded", () => (note === "" ? [] : [{ note }]));
}

function useMenuPart(folds: number, menu: InMenu, entries: () => readonly MenuEntry[]): PartMarks {
  const id = useId();
  const parts = useContext(HeaderPartsContext);
  const latest = useRef(entries);
  latest.current = entries;
  useEffect(() => (menu === "never" ? undefined : parts?.add(id, { menu, entries: () => latest.current() })), [id, parts, menu]);
  return parts === undefined || menu === "never" ? noMarks : { "data-part": id, "data-folds": folds };
}

function entriesOf(actions: readonly OfferedAction[], list: string | undefined, keys: string | undefined): readonly MenuEntry[] {
  if (actions.length === 0) return [];
  if (list === undefined) return actions.map((action) => actOf({ keys, ...action }, action.title));
  return [{ label: list, items: actions.map((action) => actOf(action, action.title.replace(`${list}: `, ""))) }];
}

function actOf({ keys, unavailable, chosen, run }: OfferedAction, label: string): MenuAct {
  return { label, keys, unavailable, chosen, run };
}

const none: readonly OfferedAction[] = [];
const noMarks: PartMarks = {};
