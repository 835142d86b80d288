import { elements, formatFixed, linesOf, lineText, mainLine } from "@sigma-eds/core";
import { type ReactNode, useState } from "react";
import styles from "./element-table.module.css";
import { type ElementState, PeriodicTable } from "./periodic-table.js";

interface Props {
  readonly marked: readonly string[];
  /** Elements that the data show, marked or not. */
  readonly found: readonly string[];
  readonly beamEnergyKev: number | undefined;
  /** Cells as narrow as the place asks for. */
  readonly compact?: boolean;
  /** Stands at the end of the head. */
  readonly children?: ReactNode;
  onToggle(element: string): void;
  /** Name of the main line of the element that is hovered or focused. */
  onPreview(line: string | undefined): void;
}

/** The elements under their name: hover previews an element's main line, a click marks the element. */
export function ElementTable({ marked, found, beamEnergyKev, compact = false, children, onToggle, onPreview }: Props) {
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
  return (
    <>
      <div className={styles["head"]} data-compact={compact}>
        <h3>Elements</h3>
        <p>{shown === undefined ? "Type a symbol, or click to mark." : sentence(shown, beamEnergyKev)}</p>
        {children}
      </div>
      <PeriodicTable
        elements={elements}
        compact={compact}
        label={compact ? "Marked and found elements" : "Periodic table"}
        stateOf={stateOf}
        onToggle={onToggle}
        onPreview={preview}
      />
    </>
  );
}

function sentence(symbol: string, beamEnergyKev: number | undefined): string {
  const line = mainLine(symbol, beamEnergyKev);
  if (line !== undefined) return `${lineText(line.name)} at ${formatFixed(line.energyKev, 3)} keV`;
  const [first] = linesOf(symbol);
  if (first === undefined) return `${symbol} has no X-ray line.`;
  return `${lineText(first.name)} needs ${formatFixed(first.edgeKev, 1)} keV; the beam was ${beamEnergyKev ?? 20} keV.`;
}
