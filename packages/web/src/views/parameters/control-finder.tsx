import { IconSearch, IconX } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { IconAction } from "../../ui/icon-action.js";
import styles from "./control-finder.module.css";

interface Props {
  readonly sought: string;
  onSeek(sought: string): void;
}

/** Leaves of all controls those that are named; Escape shows all again. */
export function ControlFinder({ sought, onSeek }: Props) {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || sought === "") return;
    event.stopPropagation();
    onSeek("");
  };
  return (
    <search className={styles["finder"]}>
      <IconSearch size={14} stroke={1.8} aria-hidden />
      <input
        aria-label="Find a control"
        placeholder="Find a control"
        value={sought}
        onChange={(event) => onSeek(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {sought !== "" && (
        <IconAction icon={IconX} size={14} label="Show all controls again" menu="never" onClick={() => onSeek("")} />
      )}
    </search>
  );
}
