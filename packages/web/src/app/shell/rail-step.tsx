import { Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { OpensMenu } from "../../ui/menu-anchor.js";
import { useHint } from "../../ui/use-hint.js";
import styles from "./rail.module.css";

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly keys?: string;
  readonly current?: boolean;
  readonly mark?: "done" | "stale" | undefined;
  /** Set by `MenuAnchor`. */
  readonly opens?: OpensMenu | undefined;
  onClick(): void;
}

/** A step of the work, or another thing of the rail: an icon, and its name where there is room. */
export function RailStep({ icon: Drawn, title, keys, current = false, mark, opens, onClick }: Props) {
  const { opened, over } = useHint();
  return (
    <Tooltip
      label={keys === undefined ? title : `${title} (${keys})`}
      position="right"
      opened={opened && opens?.expanded !== true}
    >
      <button
        {...over}
        type="button"
        className={styles["step"]}
        aria-label={mark === "stale" ? `${title}, not up to date` : title}
        aria-current={current ? "step" : undefined}
        aria-keyshortcuts={keys}
        aria-haspopup={opens?.popup}
        aria-expanded={opens?.expanded}
        aria-controls={opens?.controls}
        onClick={onClick}
      >
        <Drawn size={20} stroke={1.6} aria-hidden />
        <span className={styles["word"]}>{title}</span>
        {mark !== undefined && <span className={styles["mark"]} data-mark={mark} />}
      </button>
    </Tooltip>
  );
}
