import { formatFixed, formatPercent, lineText } from "@sigma-eds/core";
import { useState } from "react";
import { FormulaText } from "../../ui/formula-text.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import { Meter } from "../../ui/panel/meter.js";
import panel from "../../ui/panel/panel.module.css";
import { TextButton } from "../../ui/text-button.js";
import type { CandidateRow } from "./name-rows.js";
import styles from "./names-panel.module.css";

interface Props {
  readonly candidate: CandidateRow;
  /** Share of what: evidence, or mass of a mixture. */
  readonly shareOf: "evidence" | "mass";
  readonly unavailable: string | undefined;
  onAccept(name: string): void;
  onLine(line: string | undefined): void;
}

/** One phase that the class may be: how likely, how well it fits, and line by line what speaks for and against it. */
export function CandidateView({ candidate, shareOf, unavailable, onAccept, onLine }: Props) {
  const [open, setOpen] = useState(false);
  const { label, formula, probability, misfitSigma, pulls, accepts } = candidate;
  const isFitting = misfitSigma <= MOST_MISFIT;
  return (
    <Disclosure
      open={open}
      onOpen={setOpen}
      summary={
        <span className={styles["candidate"]}>
          <span className={styles["label"]} title={label}>
            {label}
            {formula !== undefined && (
              <small>
                <FormulaText formula={formula} />
              </small>
            )}
          </span>
          <Meter share={probability} />
          <span className={styles["share"]}>{formatPercent(probability)}</span>
        </span>
      }
    >
      <p className={panel["hint"]}>
        {shareOf === "evidence" ? "Share of the evidence" : "Share by mass"} {formatPercent(probability)}.{" "}
        {isFitting ? "It fits within its errors" : "It does not fit"}: {formatFixed(Math.max(0, misfitSigma), 1)} σ beyond what
        errors allow; up to {MOST_MISFIT} is a fit.
      </p>
      <table className={panel["table"]} aria-label={`Lines of ${label}`}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">measured</th>
            <th scope="col">expected</th>
            <th scope="col">σ apart</th>
          </tr>
        </thead>
        <tbody>
          {pulls.map(({ line, measured, expected, pull }) => (
            <tr
              key={line}
              data-strong={Math.abs(pull) >= STRIKING}
              onPointerEnter={() => onLine(line)}
              onPointerLeave={() => onLine(undefined)}
            >
              <th scope="row">{lineText(line)}</th>
              <td>{formatFixed(measured, 1)}</td>
              <td>{formatFixed(expected, 1)}</td>
              <td>{formatFixed(pull, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles["accept"]}>
        <TextButton unavailable={unavailable} onClick={() => onAccept(accepts)}>
          Call it “{accepts}”
        </TextButton>
      </div>
    </Disclosure>
  );
}

/** Further from the measurement than this a phase does not fit. */
const MOST_MISFIT = 3;
/** Lines so far apart are set in bold. */
const STRIKING = 3;
