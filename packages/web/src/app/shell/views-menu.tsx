import { Menu } from "@mantine/core";
import { IconCheck, IconLayoutDashboard } from "@tabler/icons-react";
import type { DockviewApi } from "dockview-react";
import { useCallback, useState, useSyncExternalStore } from "react";
import { useSessionState } from "../../session/use-view-session.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { closeView, showView } from "../dock-acts.js";
import { useDock } from "../dock-context.js";
import { useSessionContext } from "../session-context.js";
import { views } from "../view-registry.js";
import styles from "./rail.module.css";
import { RailStep } from "./rail-step.js";

/** Every view, ticked where the workspace has it; the way back to the arrangement of the stage. */
export function ViewsMenu() {
  const { session, shown } = useSessionContext();
  const { api } = useDock();
  const open = useOpenViews(api);
  const [opened, setOpened] = useState(false);
  const isOwn = useSessionState(session, ({ arrangements }) => arrangements[shown.stage] !== undefined);
  return (
    <Menu position="right-end" shadow="md" width={250} withinPortal opened={opened} onChange={setOpened} closeOnItemClick={false}>
      <Menu.Target>
        <MenuAnchor className={styles["anchor"]}>
          <RailStep icon={IconLayoutDashboard} title="Views" onClick={() => setOpened(!opened)} />
        </MenuAnchor>
      </Menu.Target>
      <Menu.Dropdown className={styles["views"]}>
        {api === undefined && <Menu.Label>Open a file to see its views.</Menu.Label>}
        {api !== undefined &&
          views.map(({ id, title }) => {
            const isOpen = open.includes(id);
            const isLast = isOpen && open.length === 1;
            return (
              <Menu.CheckboxItem
                key={id}
                checked={isOpen}
                disabled={isLast}
                title={isLast ? "The last view stays." : undefined}
                checkIcon={<IconCheck size={14} stroke={1.8} />}
                onChange={() => (isOpen ? closeView(api, id) : showView(api, id))}
              >
                {title}
              </Menu.CheckboxItem>
            );
          })}
        <Menu.Divider />
        <Menu.Item
          disabled={!isOwn}
          title={isOwn ? undefined : "The views stand as they do at first."}
          closeMenuOnClick
          onClick={() => session.actions.resetArrangement(shown.stage)}
        >
          Reset this arrangement
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Ids of the views that the workspace has, in front or behind a tab. */
function useOpenViews(api: DockviewApi | undefined): readonly string[] {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (api === undefined) return () => {};
      const changes = [api.onDidAddPanel(listener), api.onDidRemovePanel(listener), api.onDidLayoutFromJSON(listener)];
      return () => {
        for (const change of changes) change.dispose();
      };
    },
    [api],
  );
  const ids = useSyncExternalStore(subscribe, () => api?.panels.map(({ id }) => id).join(" ") ?? "");
  return ids === "" ? [] : ids.split(" ");
}
