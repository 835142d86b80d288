import { formatCount, formatFixed, lineText } from "@sigma-eds/core";
import { Meter } from "../../ui/panel/meter.js";
import panel from "../../ui/panel/panel.module.css";
import type { ElementRow, FamilyRow } from "./element-rows.js";
import styles from "./identification-panel.module.css";

interface Props {
  readonly row: ElementRow;
  onLine(line: string | undefined): void;
}

/** Why an element is there: each family with its lines, measured beside expected, and what overlaps with them. */
export function ElementEvidence({ row, onLine }: Props) {
  return (
    <div className={styles["evidence"]}>
      {row.reason !== undefined && <p className={panel["hint"]}>{row.reason}</p>}
      {row.families.map((family) => (
        <Family key={family.family} element={row.element} family={family} onLine={onLine} />
      ))}
      {row.overlaps.map((sentence) => (
        <p key={sentence} className={panel["hint"]}>
          {sentence}
        </p>
      ))}
    </div>
  );
}

function Family({ element, family, onLine }: { readonly element: string; readonly family: FamilyRow; onLine: Props["onLine"] }) {
  const { counts, error, lines } = family;
  const most = lines.reduce((largest, { measured, expected }) => Math.max(largest, measured, expected), 1);
  const net =
    counts === undefined || error === undefined ? "" : `, ${formatCount(counts)} ± ${formatCount(1.96 * error)} net counts`;
  return (
    <div>
      <p className={panel["hint"]}>
        {family.family} lines, {formatFixed(family.significance, 1)} σ{net}
      </p>
      <table className={panel["table"]} aria-label={`${element} ${family.family} lines`}>
        <thead>
          <tr>
            <th scope="col">line, keV</th>
            <th scope="col">measured</th>
            <th scope="col">expected</th>
            <th scope="col">σ</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, energyKev, measured, expected, error: own }) => (
            <tr key={line} onPointerEnter={() => onLine(line)} onPointerLeave={() => onLine(undefined)}>
              <th scope="row">
                <span className={styles["line"]}>
                  {lineText(line)}
                  <small>{formatFixed(energyKev, 3)}</small>
                  <Meter share={measured / most} mark={expected / most} />
                </span>
              </th>
              <td>{formatCount(measured)}</td>
              <td>{formatCount(expected)}</td>
              <td>{formatFixed((measured - expected) / own, 1).replace("-", "−")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
