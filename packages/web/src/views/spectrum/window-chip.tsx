import { formatFixed, lineText } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { backgroundBeside } from "../../session/derived/net-window.js";
import type { EnergyWindow } from "../../session/linked.js";
import { IconAction } from "../../ui/icon-action.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./window-chip.module.css";

interface Props {
  readonly window: EnergyWindow;
  onWindow(window: EnergyWindow | undefined): void;
}

/** The energy window of the live map, on the spectrum: which it is, whether its background is taken off, and the way out of it. */
export function WindowChip({ window, onWindow }: Props) {
  const { name, fromKev, toKev, background } = window;
  const what = name === undefined ? `${formatFixed(fromKev, 2)} to ${formatFixed(toKev, 2)} keV` : lineText(name);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set
    <div className={styles["chip"]} role="group" aria-label="Energy window">
      <span>Window: {what}</span>
      <TextButton
        look="plain"
        pressed={background !== undefined}
        onClick={() => onWindow({ ...window, background: background === undefined ? backgroundBeside(window) : undefined })}
      >
        {background === undefined ? "Take background off" : "Background taken off"}
      </TextButton>
      <IconAction icon={IconX} size={14} label="No energy window" onClick={() => onWindow(undefined)} />
    </div>
  );
}
