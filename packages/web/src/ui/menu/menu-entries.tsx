import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import type { MenuAct, MenuEntry, MenuGroups, MenuList } from "../../session/menu-entry.js";
import styles from "./menu.module.css";

interface Props {
  readonly groups: MenuGroups;
  /** Before an entry is run: the menu goes. */
  onTaken(): void;
}

/** Entries of a menu in groups; choices behind one line open beside it. */
export function MenuEntries({ groups, onTaken }: Props) {
  return groups
    .filter((entries) => entries.length > 0)
    .map((entries, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place
      <Fragment key={i}>
        {i > 0 && <Menu.Divider />}
        {entries.map((entry) => (
          <Entry key={"note" in entry ? entry.note : entry.label} entry={entry} onTaken={onTaken} />
        ))}
      </Fragment>
    ));
}

function Entry({ entry, onTaken }: { readonly entry: MenuEntry } & Pick<Props, "onTaken">) {
  if ("note" in entry) return <Menu.Label>{entry.note}</Menu.Label>;
  if ("run" in entry) return <Act act={entry} onTaken={onTaken} />;
  return <List list={entry} onTaken={onTaken} />;
}

/** Opens under the pointer, by ArrowRight, and by a press. */
function List({ list: { label, items }, onTaken }: { readonly list: MenuList } & Pick<Props, "onTaken">) {
  const [opened, setOpened] = useState(false);
  return (
    <Menu.Sub opened={opened} onChange={setOpened}>
      <Menu.Sub.Target>
        <Menu.Sub.Item onClick={() => setOpened(true)}>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className={styles["list"]}>
        {items.map((item) => (
          <Act key={item.label} act={item} onTaken={onTaken} />
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function Act({ act: { label, keys, unavailable, chosen, run }, onTaken }: { readonly act: MenuAct } & Pick<Props, "onTaken">) {
  const take = (): void => {
    onTaken();
    run();
  };
  const common = {
    disabled: unavailable !== undefined,
    title: unavailable,
    rightSection: keys && <kbd className={styles["keys"]}>{firstOf(keys)}</kbd>,
  };
  if (chosen === undefined) {
    return (
      <Menu.Item {...common} onClick={take}>
        {label}
      </Menu.Item>
    );
  }
  return (
    <Menu.CheckboxItem
      {...common}
      checked={chosen}
      checkIcon={<IconCheck size={14} stroke={1.8} />}
      closeMenuOnClick
      onChange={take}
    >
      {label}
    </Menu.CheckboxItem>
  );
}

/** Of several ways the first. */
function firstOf(keys: string): string {
  return keys.split(", ")[0] ?? keys;
}
