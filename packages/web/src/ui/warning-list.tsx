import { IconAlertTriangle } from "@tabler/icons-react";
import { withLineWords } from "./line-words.js";
import styles from "./warning-list.module.css";

/** What the methods warn of, one sentence each; nothing where there is nothing. */
export function WarningList({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={styles["warnings"]} aria-label="Warnings">
      {warnings.map((sentence) => (
        <li key={sentence}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          <span>{withLineWords(sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
