/** The menu of a view: what its content adds, what its header has no room for, and what is always there. */
import { createContext, type RefObject, useContext, useEffect, useRef, useState } from "react";
import type { MenuEntry, MenuGroups } from "../../session/menu-entry.js";
import type { HeaderPart, HeaderParts } from "./header-parts.js";

type Content = () => MenuGroups;

interface ViewEntries {
  add(content: Content): () => void;
}

/** Undefined where content stands in no frame. */
export const ViewEntriesContext = createContext<ViewEntries | undefined>(undefined);

/** Adds to the menu of the view in which this stands; asked when the menu opens. */
export function useViewEntries(groups: Content): void {
  const entries = useContext(ViewEntriesContext);
  const latest = useRef(groups);
  latest.current = groups;
  useEffect(() => entries?.add(() => latest.current()), [entries]);
}

interface ViewMenu {
  readonly parts: HeaderParts;
  readonly content: ViewEntries;
  groups(): MenuGroups;
}

export function useViewMenu(header: RefObject<HTMLElement | null>): ViewMenu {
  const [menu] = useState(() => viewMenu(() => header.current));
  return menu;
}

function viewMenu(header: () => HTMLElement | null): ViewMenu {
  const known = new Map<string, HeaderPart>();
  const contents = new Set<Content>();
  /** In the order of the header. */
  const entriesOf = (selector: string, menu: HeaderPart["menu"]): MenuEntry[] =>
    [...(header()?.querySelectorAll<HTMLElement>(selector) ?? [])].flatMap(({ dataset }) => {
      const part = known.get(dataset["part"] ?? "");
      return part?.menu === menu ? part.entries() : [];
    });
  return {
    parts: {
      add(id, part) {
        known.set(id, part);
        return () => known.delete(id);
      },
    },
    content: {
      add(content) {
        contents.add(content);
        return () => contents.delete(content);
      },
    },
    groups: () => [
      ...[...contents].flatMap((content) => content()),
      entriesOf("[data-folded]", "folded"),
      entriesOf("[data-part]", "always"),
    ],
  };
}
