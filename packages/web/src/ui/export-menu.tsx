import { Menu } from "@mantine/core";
import { IconPhotoDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { IconAction } from "./icon-action.js";
import { MenuAnchor } from "./menu-anchor.js";

export interface ExportItem {
  /** `Figure (SVG, PNG, TIFF)...` */
  readonly label: string;
  /** Why it cannot be had now; it stays in its place and says so. */
  readonly unavailable?: string | undefined;
  run(): void;
}

interface Props {
  readonly items: readonly ExportItem[];
  /** More entries, below a line. */
  readonly children?: ReactNode;
}

/** What can be taken away from a view: figures, tables, values. */
export function ExportMenu({ items, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Menu position="bottom-end" shadow="md" opened={open} onChange={setOpen} withinPortal>
      <Menu.Target>
        <MenuAnchor>
          <IconAction icon={IconPhotoDown} label="Export" onClick={() => setOpen(!open)} />
        </MenuAnchor>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label, unavailable, run }) => (
          <Menu.Item key={label} disabled={unavailable !== undefined} title={unavailable} onClick={run}>
            {label}
          </Menu.Item>
        ))}
        {children !== undefined && (
          <>
            <Menu.Divider />
            {children}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
