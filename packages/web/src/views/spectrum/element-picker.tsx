import { IconX } from "@tabler/icons-react";
import type { ComponentProps, KeyboardEvent } from "react";
import { ElementTable } from "../../ui/element-table.js";
import { IconAction } from "../../ui/icon-action.js";
import styles from "./element-picker.module.css";

interface Props extends Omit<ComponentProps<typeof ElementTable>, "compact" | "children"> {
  onClose(): void;
}

/** The periodic table over the spectrum, in which a preview is seen. */
export function ElementPicker({ onClose, ...table }: Props) {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <section className={styles["picker"]} aria-label="Elements" onKeyDown={onKey}>
      <ElementTable {...table}>
        <IconAction icon={IconX} label="Close" keys="Escape" onClick={onClose} />
      </ElementTable>
    </section>
  );
}
