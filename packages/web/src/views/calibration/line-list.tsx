import { formatFixed, normaliseLineName } from "@sigma-eds/core";
import { useState } from "react";
import panel from "../../ui/panel/panel.module.css";
import { TextButton } from "../../ui/text-button.js";
import { type Draft, withLineUsed } from "./calibration-draft.js";
import { type LineRow, peakText, signed } from "./calibration-lines.js";
import styles from "./calibration-view.module.css";

interface Props {
  readonly rows: readonly LineRow[];
  readonly draft: Draft;
  onDraft(draft: Draft): void;
}

/** Lines with how far their peaks are off before and after; in a fit each can be left out and put back, and others be added. */
export function LineList({ rows, draft, onDraft }: Props) {
  const isFit = draft.way === "lines";
  const isTried = draft.way !== "file";
  const used = rows.filter(({ isUsed }) => isUsed).map(({ name }) => name);
  const isLast = (name: string): boolean => name !== "zero" && used.filter((one) => one !== "zero").join() === name;
  if (rows.length === 0) return <p className={panel["hint"]}>No peak of the spectrum matches a known line.</p>;
  return (
    <table className={panel["table"]} aria-label="Lines and their peaks">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">True, keV</th>
          {isTried && <th scope="col">Off now, eV</th>}
          <th scope="col">{isTried ? "Off then, eV" : "Off, eV"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, by, trueKev, channel, beforeEv, afterEv, errorEv, isUsed }) => (
          <tr key={`${by} ${name}`} className={styles["line"]} data-used={isUsed || !isFit}>
            <th scope="row">
              {isFit && by === "spectrum" ? (
                <label className={styles["use"]} title={isLast(name) ? "A fit needs a line." : undefined}>
                  <input
                    type="checkbox"
                    checked={isUsed}
                    disabled={isUsed && isLast(name)}
                    aria-label={`Fit to ${peakText(name)}`}
                    onChange={(event) => onDraft(withLineUsed(draft, name, event.currentTarget.checked, used))}
                  />
                  {peakText(name)}
                </label>
              ) : (
                peakText(name)
              )}
            </th>
            <td className={panel["quiet"]}>{formatFixed(trueKev, 3)}</td>
            {channel === undefined ? (
              <td colSpan={2} className={panel["quiet"]}>
                no peak there
              </td>
            ) : (
              <>
                {isTried && <td className={panel["quiet"]}>{signed(beforeEv)}</td>}
                <td>
                  {signed(afterEv)}
                  {errorEv !== undefined && <span className={panel["quiet"]}> ± {formatFixed(errorEv, 1)}</span>}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Further lines for the fit, by name, and the way back to those that the spectrum shows. */
export function AddLine({ rows, draft, onDraft }: Props) {
  const [problem, setProblem] = useState<string>();
  const add = (field: HTMLInputElement): void => {
    const name = normaliseLineName(field.value);
    setProblem(name === undefined ? `${field.value} is no line: write it as Fe Ka.` : undefined);
    if (name === undefined) return;
    field.value = "";
    const used = rows.filter(({ isUsed }) => isUsed).map((row) => row.name);
    onDraft(withLineUsed(draft, name, true, used));
  };
  const isChosen = draft.lines.length > 0 || !draft.zeroPeak;
  return (
    <div className={styles["add"]}>
      <input
        aria-label="Add a line to the fit"
        placeholder="Add a line, as Fe Ka"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && event.currentTarget.value.trim() !== "") add(event.currentTarget);
        }}
      />
      {isChosen && (
        <TextButton look="plain" onClick={() => onDraft({ ...draft, lines: [], leftOut: [], zeroPeak: true })}>
          Lines by themselves again
        </TextButton>
      )}
      {problem !== undefined && (
        <p className={panel["error"]} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
