import { type KeyboardEvent, useEffect, useRef } from "react";
import styles from "./class-list.module.css";

interface Props {
  readonly name: string;
  /** What was typed before the field was there: it stands in place of the name. */
  readonly typed: string;
  /** The new name; undefined when it was given up. */
  onDone(name: string | undefined): void;
}

/** The name of a class, to be written anew in its place: Enter keeps, Escape gives up, and the focus goes back to where it was. */
export function RenameField({ name, typed, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const before = useRef<Element>(null);
  useEffect(() => {
    const input = field.current!;
    if (document.activeElement !== input) before.current = document.activeElement;
    input.focus();
    if (input.value === name) input.select();
  }, [name]);
  const finish = (text: string | undefined): void => {
    if (done.current) return;
    done.current = true;
    onDone(text?.trim() === "" ? undefined : text?.trim());
  };
  const finishByKey = (text: string | undefined): void => {
    finish(text);
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  return (
    <input
      ref={field}
      className={styles["field"]}
      aria-label="Name of the class"
      defaultValue={typed === "" ? name : typed}
      maxLength={200}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        const { value, defaultValue } = event.currentTarget;
        if (event.key === "Enter") finishByKey(value);
        // Where nothing was written yet, undoing is meant for what was done before.
        else if (event.key === "Escape" || (isUndo(event) && value === defaultValue)) finishByKey(undefined);
        if (!event.ctrlKey && !event.metaKey && !/^F\d/.test(event.key)) event.stopPropagation();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}

function isUndo({ ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key === "z";
}
