import { Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { foldRank, type InMenu, useHeaderPart } from "./header/header-parts.js";
import { useHost } from "./host.js";
import styles from "./icon-action.module.css";
import type { OpensMenu } from "./menu-anchor.js";
import { useHint } from "./use-hint.js";

interface Props {
  readonly icon: Icon;
  /** What it does; also its tooltip. */
  readonly label: string;
  readonly keys?: string | undefined;
  /** For switches: whether it is on. */
  readonly pressed?: boolean | undefined;
  /** Why it cannot be used; it stays in place and says so, also when it is pressed. */
  readonly unavailable?: string | undefined;
  readonly size?: number;
  readonly tabIndex?: number;
  /** False where the palette has a command of its own for it. Default true. */
  readonly offered?: boolean | undefined;
  /** When it goes where a header is narrow, of `foldRank`. Default: as an icon. */
  readonly folds?: number | undefined;
  /** Where it stands in the menu of the view. Default `folded`. */
  readonly menu?: InMenu | undefined;
  /** Set by `MenuAnchor`. */
  readonly opens?: OpensMenu | undefined;
  onClick(): void;
}

/** A button that is an icon, with its name in a tooltip. */
export function IconAction({
  icon: Drawn,
  label,
  keys,
  pressed,
  unavailable,
  size = 16,
  tabIndex,
  offered = true,
  folds = foldRank.icon,
  menu,
  opens,
  onClick,
}: Props) {
  const part = useHeaderPart([{ title: label, unavailable, chosen: pressed, run: onClick }], {
    ...{ folds, keys, menu },
    inPalette: offered,
  });
  const { opened, over } = useHint();
  const host = useHost();
  const words = [label, keys === undefined ? undefined : `(${keys})`, unavailable].filter((part) => part !== undefined);
  return (
    <Tooltip label={words.join(" ")} opened={opened} withinPortal>
      <button
        {...part}
        type="button"
        className={styles["button"]}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={unavailable !== undefined}
        aria-keyshortcuts={keys}
        aria-haspopup={opens?.popup}
        aria-expanded={opens?.expanded}
        aria-controls={opens?.controls}
        tabIndex={tabIndex}
        {...over}
        onClick={() => (unavailable === undefined ? onClick() : host?.say(unavailable))}
      >
        <Drawn size={size} stroke={1.6} aria-hidden />
      </button>
    </Tooltip>
  );
}
