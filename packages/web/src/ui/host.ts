/** What the app does for controls, which know no session: their actions stand in the palette, and their tables go out. */
import { createContext, useContext, useEffect, useRef } from "react";
import type { Command } from "../session/commands.js";

export interface Host {
  /** Puts actions into the palette; gives the way to take them out again. */
  offer(actions: readonly Command[]): () => void;
  /** A text as a download. `ending` follows the name of the file that is open: `spectrum.csv` of `sample-1-spectrum.csv`. */
  save(ending: string, text: string): void;
  /** A text to the clipboard; `what` is said when it is there: `Table`. */
  copy(what: string, text: string): void;
  /** Says something aloud and in the status line: why nothing came of a press. */
  say(sentence: string): void;
}

/** Undefined where a view stands outside the app. */
export const HostContext = createContext<Host | undefined>(undefined);

export function useHost(): Host | undefined {
  return useContext(HostContext);
}

/** In whose name controls offer themselves: `Map`. Undefined: they do not. */
export const OfferedAsContext = createContext<string | undefined>(undefined);

/** Name of the panel of the inspector that a part stands in. */
export const PanelNameContext = createContext<string | undefined>(undefined);

export interface OfferedAction {
  /** `Export: Figure`; the name of the view comes in front of it. One view has each but once. */
  readonly title: string;
  /** Keys that do the same, where no command has them already. */
  readonly keys?: string | undefined;
  /** More words by which the palette finds it. */
  readonly words?: string | undefined;
  /** Why it cannot be done now. */
  readonly unavailable?: string | undefined;
  /** For what is on or off, and for one of several: whether it holds. */
  readonly chosen?: boolean | undefined;
  run(): void;
}

/**
 * Has the palette offer what a control does, as long as the control is there: the control is the only place where its actions are listed. Controls that stand
 * neither in the header of a view nor at the head of a part of a panel are not offered.
 */
export function useOffered(actions: readonly OfferedAction[]): void {
  const host = useContext(HostContext);
  const name = useContext(OfferedAsContext);
  const latest = useRef(actions);
  latest.current = actions;
  const titles = name === undefined ? "" : actions.map(({ title }) => title).join("\n");
  useEffect(() => {
    if (host === undefined || name === undefined || titles === "") return undefined;
    return host.offer(
      latest.current.map(({ title, keys, words }): Command => {
        const now = (): OfferedAction | undefined => latest.current.find((action) => action.title === title);
        return {
          id: `${name}: ${title}`,
          title: `${name}: ${title}`,
          ...{ keys, words },
          unavailable: () => now()?.unavailable,
          run: () => now()?.run(),
        };
      }),
    );
  }, [host, name, titles]);
}
