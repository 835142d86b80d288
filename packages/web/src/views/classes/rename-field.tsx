import { useEffect, useRef } from "react";
import styles from "./class-list.module.css";

interface Props {
  readonly name: string;
  /** The new name; undefined when it was given up. */
  onDone(name: string | undefined): void;
}

/** The name of a class, to be written anew in its place: Enter keeps, Escape gives up. */
export function RenameField({ name, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.select();
  }, []);
  const finish = (text: string | undefined): void => {
    if (done.current) return;
    done.current = true;
    onDone(text?.trim() === "" ? undefined : text?.trim());
  };
  return (
    <input
      ref={field}
      className={styles["field"]}
      aria-label="Name of the class"
      defaultValue={name}
      maxLength={200}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(undefined);
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
