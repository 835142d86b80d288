import { Menu } from "@mantine/core";
import { moveSelection } from "../../session/selection-edits.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { TextButton } from "../../ui/text-button.js";
import { useSessionContext } from "../session-context.js";
import styles from "./belt.module.css";

/** The classes to which the selection can go. */
export function MoveMenu({ unavailable }: { readonly unavailable: string | undefined }) {
  const { shown } = useSessionContext();
  const button = (
    <TextButton unavailable={unavailable} onClick={() => {}}>
      Move to... <span className={styles["key"]}>M</span>
    </TextButton>
  );
  if (unavailable !== undefined) return button;
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <MenuAnchor>{button}</MenuAnchor>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {(shown.analysis?.classes ?? []).map(({ id, name, locked }) => (
          <Menu.Item key={id} disabled={locked === true} onClick={() => void moveSelection(shown, id)}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void moveSelection(shown, "unassigned")}>No class</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
