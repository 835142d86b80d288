import { Menu } from "@mantine/core";
import { IconArrowMoveRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { moveSelection, selectionRefusal } from "../../session/selection-edits.js";
import { newestViewSession } from "../../session/use-view-session.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { TextButton } from "../../ui/text-button.js";
import { useSessionContext } from "../session-context.js";
import styles from "./belt.module.css";

/** The classes to which the selection can go. */
export function MoveMenu({ unavailable }: { readonly unavailable: string | undefined }) {
  const { session, shown } = useSessionContext();
  const [opened, setOpened] = useState(false);
  useEffect(
    () =>
      session.commands.register([
        {
          id: "edit.move",
          title: "Move to...",
          keys: "M",
          words: "selection class assign none",
          unavailable: () => selectionRefusal(newestViewSession(session)()),
          run: () => setOpened(true),
        },
      ]),
    [session],
  );
  // Where it could not be used meanwhile, it does not open by itself later.
  if (opened && unavailable !== undefined) setOpened(false);
  const button = (
    <TextButton unavailable={unavailable} onClick={() => {}}>
      <IconArrowMoveRight size={16} stroke={1.6} aria-hidden /> <span className={styles["move"]}>Move to...</span>{" "}
      <span className={styles["key"]}>M</span>
    </TextButton>
  );
  if (unavailable !== undefined) return button;
  return (
    <Menu withinPortal position="bottom-end" opened={opened} onChange={setOpened}>
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
