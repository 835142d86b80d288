import { IconAlertTriangle } from "@tabler/icons-react";
import { withLineWords } from "./line-words.js";
import { TextButton } from "./text-button.js";
import styles from "./warning-list.module.css";

interface Warning {
  readonly sentence: string;
  /** What helps. */
  readonly act: { readonly label: string; run(): void } | undefined;
}

/** What the methods warn of, one sentence each; nothing where there is nothing. */
export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={styles["warnings"]} aria-label="Warnings">
      {warnings.map(({ sentence, act }) => (
        <li key={sentence}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          <span>
            {withLineWords(sentence)}{" "}
            {act !== undefined && (
              <TextButton look="plain" offered={false} onClick={act.run}>
                {act.label}
              </TextButton>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
