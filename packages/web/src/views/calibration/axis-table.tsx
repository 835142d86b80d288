import { type CalibrationPreview, formatFixed, type Metadata } from "@sigma-eds/core";
import panel from "../../ui/panel/panel.module.css";
import type { Draft } from "./calibration-draft.js";
import { type LineRow, rootMeanSquare } from "./calibration-lines.js";
import styles from "./calibration-view.module.css";

interface Props {
  readonly preview: CalibrationPreview;
  readonly rows: readonly LineRow[];
  readonly draft: Draft;
  readonly detector: Metadata["detector"];
}

const heads: Readonly<Record<Draft["way"], string>> = { file: "As it stays", lines: "As fitted", hand: "By hand" };

/** The energy axis in numbers, as the file has it and as it would be. */
export function AxisTable({ preview: { report }, rows, draft, detector }: Props) {
  const { before, after, resolution } = report;
  const isTried = draft.way !== "file" || draft.takesResolution;
  const measured = resolution && withError(resolution.resolutionEv, resolution.errorEv, 1);
  const off = (of: (row: LineRow) => number | undefined): string =>
    formatFixed(rootMeanSquare(rows.filter(({ isUsed }) => isUsed || draft.way !== "lines").map(of)) ?? Number.NaN, 1);
  const stated = detector.resolutionEv === undefined ? "–" : formatFixed(detector.resolutionEv, 1);
  const lines: readonly [name: string, unit: string, before: string, after: string][] = [
    ["Offset", "keV", fixed(before?.offsetKev, 4), withError(after?.offsetKev, after?.offsetErrorKev, 4)],
    ["Channel width", "eV", fixed(inEv(before?.scaleKev), 3), withError(inEv(after?.scaleKev), inEv(after?.scaleErrorKev), 3)],
    ["Lines off by, r.m.s.", "eV", off(({ beforeEv }) => beforeEv), off(({ afterEv }) => afterEv)],
    ["Resolution at Mn Kα", "eV", stated, draft.takesResolution ? (measured ?? "–") : stated],
  ];
  return (
    <table className={`${panel["table"]} ${styles["axis"]}`} aria-label="Energy axis">
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">In the file</th>
          {isTried && <th scope="col">{heads[draft.way]}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, unit, was, is]) => (
          <tr key={name}>
            <th scope="row">
              {name} <span className={panel["quiet"]}>{unit}</span>
            </th>
            <td className={isTried ? panel["quiet"] : undefined}>{was}</td>
            {isTried && <td className={styles["strong"]}>{is}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `134.9 ± 0.3`; what counting gives is one standard error. */
export function withError(value: number | undefined, error: number | undefined, decimals: number): string {
  const text = fixed(value, decimals);
  return value === undefined || error === undefined ? text : `${text} ± ${formatFixed(error, decimals)}`;
}

function fixed(value: number | undefined, decimals: number): string {
  return value === undefined ? "–" : formatFixed(value, decimals);
}

function inEv(kev: number | undefined): number | undefined {
  return kev === undefined ? undefined : 1000 * kev;
}
