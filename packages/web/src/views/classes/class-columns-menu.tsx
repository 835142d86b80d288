import { Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import type { ViewSession } from "../../session/view-session.js";
import { classColumns, switchedColumn } from "./class-columns.js";
import styles from "./class-list.module.css";

/** Which columns of numbers the class list has. */
export function ClassColumnsMenu({ session: { classColumns: ids, actions } }: { readonly session: ViewSession }) {
  return (
    <Menu position="bottom-end" shadow="md" width={210} withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={styles["icon"]} aria-label="Columns of the class list" title="Columns of the class list">
          <IconColumns3 size={15} stroke={1.6} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {classColumns.map(({ id, label }) => (
          <Menu.CheckboxItem
            key={id}
            checked={ids.includes(id)}
            onChange={() => actions.showClassColumns(switchedColumn(ids, id))}
          >
            {label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
