import { formatCount, formatFixed, lineText } from "@sigma-eds/core";
import { useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import type { AmountUnit, ClassAmounts, MeasuredElement } from "../../session/derived/class-amounts.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { withErrors } from "../../ui/decimals-of.js";
import { FormulaText } from "../../ui/formula-text.js";
import { withLineWords } from "../../ui/line-words.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { type AmountText, allLabels, amountText } from "./amount-text.js";

interface OneClassProps {
  readonly amounts: ClassAmounts;
  readonly unit: AmountUnit;
  readonly tables: readonly OfferedTable[];
}

/** What a class holds, largest first, with each kind of error in a column of its own. */
export function OneClass({ amounts, unit, tables }: OneClassProps) {
  const { name, colour, method, reason, total, rawTotal95, measured } = amounts;
  const rows = [...amounts.amounts].sort((a, b) => b.value - a.value);
  const hasStandards = rows.some(({ standards95 }) => standards95 !== undefined);
  const hasModel = rows.some(({ model95 }) => model95 !== undefined);
  const hasLimit = rows.some(({ limit }) => limit !== undefined);
  return (
    <PanelSection
      title={name}
      tables={tables}
      aside={
        <span className={panel["named"]}>
          <ClassSwatch colour={colour} />
        </span>
      }
    >
      {reason !== undefined && <p className={panel["sentence"]}>{withLineWords(reason)}</p>}
      {rows.length > 0 && (
        <table className={panel["table"]} aria-label={`Amounts of ${name}`}>
          <thead>
            <tr>
              <th scope="col">{unit === "oxide" ? "Oxide" : "Element"}</th>
              <th scope="col">{headings[unit]}</th>
              <th scope="col">± counts</th>
              {hasStandards && <th scope="col">± standards</th>}
              {hasModel && <th scope="col">± model</th>}
              {hasLimit && <th scope="col">limit</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const text = amountText(row);
              return (
                <tr key={row.label}>
                  <th scope="row">
                    <FormulaText formula={row.label} />
                  </th>
                  <td>{text.value}</td>
                  <td className={panel["quiet"]}>{text.counting}</td>
                  {hasStandards && <td className={panel["quiet"]}>{text.standards}</td>}
                  {hasModel && <td className={panel["quiet"]}>{text.model}</td>}
                  {hasLimit && <td className={panel["quiet"]}>{row.limit === undefined ? "" : formatFixed(row.limit, 2)}</td>}
                </tr>
              );
            })}
          </tbody>
          {total !== undefined && (
            <tfoot>
              <tr>
                <th scope="row">{rawTotal95 === undefined ? "Sum" : "Raw total"}</th>
                <td>{rawTotal95 === undefined ? formatFixed(total, 1) : withErrors(total, [rawTotal95]).value}</td>
                <td className={panel["quiet"]}>{withErrors(total, [rawTotal95]).errors}</td>
                {hasStandards && <td />}
                {hasModel && <td />}
                {hasLimit && <td />}
              </tr>
            </tfoot>
          )}
        </table>
      )}
      <p className={panel["hint"]}>
        {method} ± are half of 95 % intervals, each kind of error by itself.
        {hasLimit && " Limit: what would be seen in 95 of 100 cases, wt %."}
      </p>
      <MeasuredTable name={name} measured={measured} />
    </PanelSection>
  );
}

/** Every class in a row, every element or oxide in a column. */
export function AllClasses({
  classes,
  tables,
}: {
  readonly classes: readonly ClassAmounts[];
  readonly tables: OneClassProps["tables"];
}) {
  const labels = allLabels(classes);
  if (labels.length === 0)
    return <p className={panel["sentence"]}>{withLineWords(classes[0]?.reason ?? "Nothing was quantified.")}</p>;
  return (
    <PanelSection title="All classes" tables={tables}>
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label="Amounts of all classes">
          <thead>
            <tr>
              <th scope="col">Class</th>
              {labels.map((label) => (
                <th key={label} scope="col">
                  <FormulaText formula={label} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map(({ id, name, colour, amounts }) => (
              <tr key={id}>
                <th scope="row">
                  <span className={panel["named"]}>
                    <ClassSwatch colour={colour} />
                    <span>{name}</span>
                  </span>
                </th>
                {labels.map((label) => {
                  const found = amounts.find((one) => one.label === label);
                  const text = found === undefined ? undefined : amountText(found);
                  return (
                    <td key={label} title={text === undefined ? undefined : titleOf(text)}>
                      {text === undefined ? "" : text.value}
                      {text !== undefined && <small className={panel["quiet"]}> {text.counting}</small>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelSection>
  );
}

/** Net counts of each line and, where there are standards, what part of the standard's they are at the same dose. */
function MeasuredTable({ name, measured }: { readonly name: string; readonly measured: readonly MeasuredElement[] }) {
  const [open, setOpen] = useState(false);
  if (measured.length === 0) return null;
  const hasStandards = measured.some(({ standard }) => standard !== undefined);
  return (
    <Disclosure open={open} onOpen={setOpen} summary={hasStandards ? "Counts and k-ratios" : "Counts of the lines"}>
      <div className={panel["scroll"]}>
        <table className={panel["table"]} aria-label={`Lines of ${name}`}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">net counts ± 1 σ</th>
              {hasStandards && <th scope="col">k-ratio ± 1 σ</th>}
              {hasStandards && <th scope="col">standard</th>}
            </tr>
          </thead>
          <tbody>
            {measured.map(({ element, line, counts, countsError, kRatio, kRatioError, standard }) => (
              <tr key={element}>
                <th scope="row">{lineText(line)}</th>
                <td>
                  {formatCount(Math.round(counts))}{" "}
                  <small className={panel["quiet"]}>± {formatCount(Math.round(countsError))}</small>
                </td>
                {hasStandards && (
                  <td>
                    {kRatio === undefined ? "" : formatFixed(kRatio, 4)}{" "}
                    <small className={panel["quiet"]}>
                      {kRatioError === undefined ? "" : `± ${formatFixed(kRatioError, 4)}`}
                    </small>
                  </td>
                )}
                {hasStandards && <td className={panel["quiet"]}>{standard ?? "none"}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}

/** `46.7 ± 0.4 counts ± 2.0 model, 95 %` */
function titleOf({ value, counting, standards, model }: AmountText): string {
  const errors = Object.entries({ counts: counting, standards, model }).filter(([, text]) => text !== "");
  return `${value} ${errors.map(([kind, text]) => `${text} ${kind}`).join(" ")}, 95 %`;
}

const headings: Readonly<Record<AmountUnit, string>> = { mass: "wt %", atomic: "at %", oxide: "wt %", formula: "atoms" };
