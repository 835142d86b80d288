import { Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { TextButton } from "../../ui/text-button.js";
import { exportCommandIds } from "../export-commands.js";
import { runAloud } from "../run-aloud.js";
import { useSessionContext } from "../session-context.js";

interface Props {
  readonly look: "outline" | "primary";
  /** Why nothing can be exported yet. */
  readonly unavailable: string | undefined;
}

/** The button Export and what it offers. */
export function ExportMenu({ look, unavailable }: Props) {
  const { session } = useSessionContext();
  const button = (
    <TextButton look={look} unavailable={unavailable} onClick={() => {}}>
      <IconDownload size={16} stroke={1.6} aria-hidden /> Export
    </TextButton>
  );
  if (unavailable !== undefined) return button;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <MenuAnchor>{button}</MenuAnchor>
      </Menu.Target>
      <Menu.Dropdown aria-label="Export">
        {exportCommandIds.map((id) => {
          const command = session.commands.get(id);
          if (command === undefined) return null;
          return (
            <Menu.Item key={id} onClick={() => void runAloud(session, id)} disabled={command.unavailable?.() !== undefined}>
              {command.title}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
