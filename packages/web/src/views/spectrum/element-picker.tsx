import { elements, formatFixed, linesOf, lineText, mainLine } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { IconAction } from "../../ui/icon-action.js";
import { type ElementState, PeriodicTable } from "../../ui/periodic-table.js";
import styles from "./element-picker.module.css";

interface Props {
  readonly marked: readonly string[];
  /** Elements that the data show, marked or not. */
  readonly found: readonly string[];
  readonly beamEnergyKev: number | undefined;
  onToggle(element: string): void;
  onPreview(line: string | undefined): void;
  onClose(): void;
}

/** The periodic table over the spectrum: hover previews an element's lines in it, a click marks the element. */
export function ElementPicker({ marked, found, beamEnergyKev, onToggle, onPreview, onClose }: Props) {
  const [shown, setShown] = useState<string>();
  const stateOf = (symbol: string): ElementState => {
    if (marked.includes(symbol)) return "marked";
    if (mainLine(symbol, beamEnergyKev) === undefined) return "not-excitable";
    return found.includes(symbol) ? "found" : "plain";
  };
  const preview = (symbol: string | undefined): void => {
    setShown(symbol);
    onPreview(symbol === undefined ? undefined : mainLine(symbol, beamEnergyKev)?.name);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <section className={styles["picker"]} aria-label="Elements" onKeyDown={onKey}>
      <div className={styles["head"]}>
        <h3>Elements</h3>
        <p>{shown === undefined ? "Type a symbol, or click to mark." : sentence(shown, beamEnergyKev)}</p>
        <IconAction icon={IconX} label="Close" keys="Escape" onClick={onClose} />
      </div>
      <PeriodicTable elements={elements} stateOf={stateOf} onToggle={onToggle} onPreview={preview} />
    </section>
  );
}

function sentence(symbol: string, beamEnergyKev: number | undefined): string {
  const line = mainLine(symbol, beamEnergyKev);
  if (line !== undefined) return `${lineText(line.name)} at ${formatFixed(line.energyKev, 3)} keV`;
  const [first] = linesOf(symbol);
  if (first === undefined) return `${symbol} has no X-ray line.`;
  return `${lineText(first.name)} needs ${formatFixed(first.edgeKev, 1)} keV; the beam was ${beamEnergyKev ?? 20} keV.`;
}
