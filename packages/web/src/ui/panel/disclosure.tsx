import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import styles from "./disclosure.module.css";

interface Props {
  readonly summary: ReactNode;
  readonly open: boolean;
  readonly children: ReactNode;
  onOpen(open: boolean): void;
  /** The pointer or the focus came, or left. */
  onLook?: ((looking: boolean) => void) | undefined;
}

/** A line that opens what stands behind it. */
export function Disclosure({ summary, open, children, onOpen, onLook }: Props) {
  const id = useId();
  return (
    <div onPointerEnter={() => onLook?.(true)} onPointerLeave={() => onLook?.(false)}>
      <button
        type="button"
        className={styles["summary"]}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => onOpen(!open)}
        onFocus={() => onLook?.(true)}
        onBlur={() => onLook?.(false)}
      >
        <IconChevronRight size={14} stroke={1.8} aria-hidden />
        {summary}
      </button>
      {open && (
        <div id={id} className={styles["content"]}>
          {children}
        </div>
      )}
    </div>
  );
}
