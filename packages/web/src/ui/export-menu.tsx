import { Menu } from "@mantine/core";
import { IconPhotoDown } from "@tabler/icons-react";
import { useContext, useState } from "react";
import { foldRank, useHeaderPart } from "./header/header-parts.js";
import { useHost } from "./host.js";
import { IconAction } from "./icon-action.js";
import { MenuAnchor } from "./menu-anchor.js";
import { OfferedTablesContext } from "./table/offered-tables.js";
import { saveTable } from "./table/table-acts.js";

export interface ExportItem {
  /** `Figure (SVG, PNG, TIFF)...` */
  readonly label: string;
  /** Why it cannot be had now; it stays in its place and says so. */
  readonly unavailable?: string | undefined;
  /** Stands in the menu of the view itself, not behind a line of it. */
  readonly quick?: boolean;
  run(): void;
}

interface Props {
  readonly items: readonly ExportItem[];
  /** More entries, below a line; what they do beside taking away. */
  readonly further?: readonly ExportItem[] | undefined;
}

/** What can be taken away from a view: figures, values, and the tables that its frame offers. */
export function ExportMenu({ items: own, further = none }: Props) {
  const [open, setOpen] = useState(false);
  const tables = useContext(OfferedTablesContext);
  const host = useHost();
  const items: readonly ExportItem[] = [
    ...own,
    ...(host === undefined ? [] : tables).map((table) => ({
      label: `${table.title} (CSV)`,
      unavailable: table.unavailable,
      run: () => host !== undefined && saveTable(table, host),
    })),
  ];
  const part = useHeaderPart(
    [
      ...items.map(({ label, unavailable, run }) => ({ title: `Export ${label}`, words: "save download", unavailable, run })),
      ...further.map(({ label, unavailable, run }) => ({ title: label, unavailable, run })),
    ],
    {
      ...{ folds: foldRank.export, menu: "always" },
      entries: () => [
        ...items.filter(({ quick }) => quick),
        ...(items.length === 0 ? [] : [{ label: "Export", items: items.filter(({ quick }) => quick !== true) }]),
        ...further,
      ],
    },
  );
  return (
    <Menu position="bottom-end" shadow="md" opened={open} onChange={setOpen} withinPortal>
      <Menu.Target>
        <MenuAnchor {...part}>
          <IconAction icon={IconPhotoDown} label="Export" menu="never" onClick={() => setOpen(!open)} />
        </MenuAnchor>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Entry key={item.label} item={item} />
        ))}
        {further.length > 0 && <Menu.Divider />}
        {further.map((item) => (
          <Entry key={item.label} item={item} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ item: { label, unavailable, run } }: { readonly item: ExportItem }) {
  return (
    <Menu.Item disabled={unavailable !== undefined} title={unavailable} onClick={run}>
      {label}
    </Menu.Item>
  );
}

const none: readonly ExportItem[] = [];
