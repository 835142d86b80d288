import { Modal } from "@mantine/core";
import { memo, useId, useSyncExternalStore } from "react";
import type { Session } from "../session/session.js";
import { sharedValue } from "../session/shared-value.js";
import { useSessionState } from "../session/use-view-session.js";
import { Segmented } from "../ui/segmented.js";
import styles from "./settings-dialog.module.css";

const opened = sharedValue(false);

export function openSettings(): void {
  opened.set(true, "command");
}

const themes = [
  { value: "system", label: "As the system" },
  { value: "dark", label: "Dark" },
  { value: "light", label: "Light" },
] as const;

/** What belongs to the user and not to a file. Every choice holds at once and is remembered in this browser. */
export const SettingsDialog = memo(function SettingsDialog({ session }: { readonly session: Session }) {
  const isOpen = useSyncExternalStore(opened.subscribe, () => opened.current.value);
  return (
    <Modal opened={isOpen} onClose={() => opened.set(false, "dialog")} title="Settings" transitionProps={{ duration: 0 }}>
      <Settings session={session} />
    </Modal>
  );
});

function Settings({ session }: { readonly session: Session }) {
  const { store } = session;
  const state = useSessionState(session, ({ themeChoice, singleKeys, patternsForAll, allControls }) => ({
    ...{ themeChoice, singleKeys, patternsForAll, allControls },
  }));
  return (
    <div className={styles["settings"]}>
      <div className={styles["row"]}>
        <span>Theme</span>
        <Segmented
          label="Theme"
          value={state.themeChoice}
          choices={themes}
          onChange={(themeChoice) => store.setState({ themeChoice })}
        />
      </div>
      <Setting
        label="Shortcuts of single keys"
        description="Letters, digits and signs such as N, 1 or [ do something where nothing is written. Off: only keys with Ctrl, function keys and those that move the focus do."
        checked={state.singleKeys}
        onChange={(singleKeys) => store.setState({ singleKeys })}
      />
      <Setting
        label="Patterns for all classes"
        description="Maps, lists and figures for paper tell classes apart by a pattern too, not by colour alone."
        checked={state.patternsForAll}
        onChange={(patternsForAll) => store.setState({ patternsForAll })}
      />
      <Setting
        label="All controls"
        description="Every parameter of every step in place of the five basic ones."
        checked={state.allControls}
        onChange={(allControls) => store.setState({ allControls })}
      />
      <p>Remembered in this browser for every file.</p>
    </div>
  );
}

interface SettingProps {
  readonly label: string;
  /** What it does. */
  readonly description: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

function Setting({ label, description, checked, onChange }: SettingProps) {
  const id = useId();
  return (
    <div className={styles["setting"]}>
      <label>
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={id}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        {label}
      </label>
      <p id={id}>{description}</p>
    </div>
  );
}
