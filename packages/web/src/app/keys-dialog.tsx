import { Modal, Table } from "@mantine/core";
import { memo, useSyncExternalStore } from "react";
import type { Commands } from "../session/commands.js";
import { sharedValue } from "../session/shared-value.js";
import { TUTORIAL } from "./tutorial-address.js";

const opened = sharedValue(false);

export function openKeys(): void {
  opened.set(true, "command");
}

/** Every key, by what it does. */
export const KeysDialog = memo(function KeysDialog({ commands }: { readonly commands: Commands }) {
  const isOpen = useSyncExternalStore(opened.subscribe, () => opened.current.value);
  const list = useSyncExternalStore(commands.subscribe, commands.list);
  const rows = list.filter(({ keys }) => keys !== undefined);
  return (
    <Modal opened={isOpen} onClose={() => opened.set(false, "dialog")} title="Keys" size="lg" transitionProps={{ duration: 0 }}>
      <p>
        Drop a file, press Find phases, then look, lasso and name. Every action is in the palette (Ctrl K); nothing you do leaves
        this computer. The{" "}
        <a href={TUTORIAL} target="_blank" rel="noreferrer">
          tutorial
        </a>{" "}
        shows the way in pictures, in ten minutes.
      </p>
      <Table verticalSpacing={4} mt="md">
        <Table.Tbody>
          {rows.map(({ id, title, keys }) => (
            <Table.Tr key={id}>
              <Table.Td>{title}</Table.Td>
              <Table.Td ta="right">
                <kbd>{keys}</kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
});
