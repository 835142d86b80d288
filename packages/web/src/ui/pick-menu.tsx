import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { Fragment, useRef } from "react";
import { foldRank, useHeaderPart } from "./header/header-parts.js";
import type { OfferedAction } from "./host.js";
import styles from "./pick-menu.module.css";

export interface PickGroup {
  readonly title: string;
  readonly items: readonly PickItem[];
}

export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
  /** Why it cannot be chosen; it stays in the list and says so. */
  readonly unavailable?: string | undefined;
  choose(): void;
}

interface Props {
  /** What is chosen here, for screen readers. */
  readonly label: string;
  /** What the button says: the choice in words. */
  readonly text: string;
  readonly groups: readonly PickGroup[];
}

/** Several lists of choices behind one button that says what holds. */
export function PickMenu({ label, text, groups }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const part = useHeaderPart(
    groups.flatMap((group) => offeredOf(label, group)),
    { folds: foldRank.choice, list: label },
  );
  return (
    <Menu
      position="bottom-start"
      shadow="md"
      width={230}
      withinPortal
      onOpen={() => requestAnimationFrame(() => showChosen(list.current))}
    >
      <Menu.Target>
        <button {...part} type="button" className={styles["button"]} aria-label={`${label}: ${text}`} title={text}>
          <span className={styles["text"]}>{text}</span>
          <IconChevronDown size={13} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown ref={list} className={styles["list"]}>
        {groups
          .filter(({ items }) => items.length > 0)
          .map(({ title, items }) => (
            <Fragment key={title}>
              <Menu.Label>{title}</Menu.Label>
              {items.map(({ id, label: name, chosen, unavailable, choose }) => (
                <Menu.RadioItem
                  key={id}
                  value={id}
                  checked={chosen}
                  disabled={unavailable !== undefined}
                  title={unavailable}
                  checkIcon={<IconCheck size={14} stroke={1.8} />}
                  closeMenuOnClick
                  onChange={choose}
                >
                  {name}
                </Menu.RadioItem>
              ))}
            </Fragment>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A long list opens where its mark is. */
function showChosen(list: HTMLElement | null): void {
  list?.querySelector("[role=menuitemradio][aria-checked=true]")?.scrollIntoView({ block: "nearest" });
}

/** The choices of a group as the palette has them: `What the map shows: Fe Kα`. */
export function offeredOf(label: string, { title, items }: PickGroup): OfferedAction[] {
  return items.map(({ label: name, unavailable, chosen, choose }) => ({
    title: `${label}: ${name}`,
    words: title,
    unavailable,
    chosen,
    run: choose,
  }));
}
