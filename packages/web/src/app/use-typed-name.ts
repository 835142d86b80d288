import { useEffect } from "react";
import { typeName } from "../session/naming-new-class.js";
import type { Session } from "../session/session.js";
import { commandOf, takesText } from "./keys.js";
import { isCharacter } from "./use-quiet-keys.js";
import { isWriting } from "./use-shell-keys.js";

type Named = Pick<Session, "linked" | "store" | "commands">;

/** While a class is being made that will be named, keys are letters of its name, for no view and no command. */
export function useTypedName(session: Named): void {
  useEffect(() => listenForNames(session), [session]);
}

/** Gives the way to stop listening. */
export function listenForNames({ linked, store, commands }: Named): () => void {
  const word = wordAfter((event) => {
    const isKey = store.getState().singleKeys && !event.repeat && !isWriting(event);
    return isKey && commandOf(commands.list(), event, false)?.id === "edit.make-class";
  });
  /** The key that makes the class, still held, is no letter. */
  const isHeld = ({ repeat }: KeyboardEvent): boolean => {
    const { value } = linked.classAsk.current;
    return repeat && value?.act === "name-new" && value.typed === "";
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || store.getState().onStart || takesText(document.activeElement)) {
      word.end();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOfWord = word.takes(event);
    if (!isHeld(event) && !typeName(linked, event.key) && !isOfWord) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", press, { capture: true });
  window.addEventListener("pointerdown", word.end, { capture: true });
  return () => {
    window.removeEventListener("keydown", press, { capture: true });
    window.removeEventListener("pointerdown", word.end, { capture: true });
  };
}

/** Letters that follow each other sooner are of one word. */
const PAUSE_MS = 1000;
const inWords: ReadonlySet<string> = new Set([" ", "Backspace", "Enter"]);
const betweenLetters: ReadonlySet<string> = new Set(["Shift", "CapsLock", "AltGraph", "Dead"]);

/** Whoever asks for a class and goes on to its name means the name with every letter, also where no field came of it. */
function wordAfter(begins: (event: KeyboardEvent) => boolean) {
  let last: number | undefined;
  const end = (): void => {
    last = undefined;
  };
  return {
    end,
    /** Whether a press is of the word, after the key that began it. */
    takes(event: KeyboardEvent): boolean {
      if (betweenLetters.has(event.key)) return false;
      const isOfWord = last !== undefined && event.timeStamp - last < PAUSE_MS && (isCharacter(event) || inWords.has(event.key));
      const goesOn = (isOfWord && event.key !== "Enter") || begins(event);
      last = goesOn ? event.timeStamp : undefined;
      return isOfWord;
    },
  };
}
