import { formatFixed } from "@sigma-eds/core";
import { useState } from "react";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { FormulaText } from "../../ui/formula-text.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import {
  type AmountUnit,
  allLabels,
  amountsCsv,
  amountText,
  type ClassAmounts,
  classAmounts,
  type FormulaBasis,
} from "./amounts.js";

const units: readonly { readonly value: AmountUnit; readonly label: string }[] = [
  { value: "mass", label: "wt %" },
  { value: "atomic", label: "at %" },
  { value: "oxide", label: "Oxides" },
  { value: "formula", label: "Formula" },
];

const USUAL_BASIS: FormulaBasis = { of: "O", count: 8 };
const MOST_ATOMS = 100;

/** How much of each element the classes hold: per cent by mass, atoms or oxides, or a formula; counting and model stated apart. */
export function QuantitiesPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, linked, actions } = session;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const [unit, setUnit] = useState<AmountUnit>("mass");
  const [basis, setBasis] = useState(USUAL_BASIS);
  const [all, setAll] = useState(false);
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first." />;
  const classes = classAmounts(analysis, unit, basis);
  const shown = classes.find(({ id }) => id === active) ?? classes[0]!;
  return (
    <div className={panel["panel"]}>
      <div className={panel["row"]}>
        <Segmented label="Amounts in" value={unit} choices={units} onChange={(value) => setUnit(value)} />
        <Segmented
          label="Amounts of"
          value={all ? "all" : "one"}
          choices={[
            { value: "one", label: "Class" },
            { value: "all", label: "All" },
          ]}
          onChange={(value) => setAll(value === "all")}
        />
      </div>
      {unit === "formula" && <BasisFields basis={basis} onBasis={setBasis} />}
      {all ? <AllClasses classes={classes} /> : <OneClass amounts={shown} unit={unit} />}
      <div className={panel["row"]}>
        <Quantify session={session} />
        <TextButton look="plain" onClick={() => actions.download("amounts.csv", amountsCsv(classes), "text/csv")}>
          CSV
        </TextButton>
        <TextButton look="plain" onClick={() => actions.openView("ternary")}>
          Ternary
        </TextButton>
      </div>
    </div>
  );
}

function BasisFields({ basis, onBasis }: { readonly basis: FormulaBasis; onBasis(basis: FormulaBasis): void }) {
  return (
    <div className={panel["row"]}>
      <label className={panel["field"]} style={{ width: 90 }}>
        Atoms
        <input
          type="number"
          min={0.5}
          max={MOST_ATOMS}
          step="any"
          value={basis.count}
          onChange={(event) => {
            const count = event.currentTarget.valueAsNumber;
            if (count > 0 && count <= MOST_ATOMS) onBasis({ ...basis, count });
          }}
        />
      </label>
      <label className={panel["field"]} style={{ width: 150 }}>
        of
        <select
          value={basis.of}
          onChange={(event) => onBasis({ ...basis, of: event.currentTarget.value === "cations" ? "cations" : "O" })}
        >
          <option value="O">oxygen</option>
          <option value="cations">all but oxygen</option>
        </select>
      </label>
    </div>
  );
}

function OneClass({ amounts, unit }: { readonly amounts: ClassAmounts; readonly unit: AmountUnit }) {
  const { name, colour, method, reason, total } = amounts;
  const rows = [...amounts.amounts].sort((a, b) => b.value - a.value);
  const hasModel = rows.some(({ model95 }) => model95 !== undefined);
  const hasLimit = rows.some(({ limit }) => limit !== undefined);
  return (
    <PanelSection
      title={name}
      aside={
        <span className={panel["named"]}>
          <ClassSwatch colour={colour} />
        </span>
      }
    >
      {reason !== undefined && <p className={panel["sentence"]}>{reason}</p>}
      {rows.length > 0 && (
        <table className={panel["table"]} aria-label={`Amounts of ${name}`}>
          <thead>
            <tr>
              <th scope="col">{unit === "oxide" ? "Oxide" : "Element"}</th>
              <th scope="col">{unit === "formula" ? "atoms" : "%"}</th>
              <th scope="col">± 95 % counting</th>
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
                  <td className={panel["quiet"]}>{text.error}</td>
                  {hasModel && (
                    <td className={panel["quiet"]}>{row.model95 === undefined ? "" : `± ${formatFixed(row.model95, 2)}`}</td>
                  )}
                  {hasLimit && <td className={panel["quiet"]}>{row.limit === undefined ? "" : formatFixed(row.limit, 2)}</td>}
                </tr>
              );
            })}
          </tbody>
          {total !== undefined && (
            <tfoot>
              <tr>
                <th scope="row">Sum</th>
                <td>{formatFixed(total, 1)}</td>
                <td />
                {hasModel && <td />}
                {hasLimit && <td />}
              </tr>
            </tfoot>
          )}
        </table>
      )}
      <p className={panel["hint"]}>
        {method}
        {hasLimit && " Limit: what would be seen in 95 of 100 cases, wt %."}
      </p>
    </PanelSection>
  );
}

function AllClasses({ classes }: { readonly classes: readonly ClassAmounts[] }) {
  const labels = allLabels(classes);
  if (labels.length === 0) return <p className={panel["sentence"]}>{classes[0]?.reason ?? "Nothing was quantified."}</p>;
  return (
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
                  <td key={label} title={text === undefined ? undefined : `${text.value} ${text.error}, 95 % of counting`}>
                    {text === undefined ? "" : text.value}
                    {text !== undefined && <small className={panel["quiet"]}> {text.error}</small>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Offers the full quantification where the recipe has none yet. */
function Quantify({ session: { recipe, actions, activity, analysis } }: { readonly session: ViewSession }) {
  if (recipe.steps.some(({ step }) => step === "quantify") || analysis?.identities === undefined) return null;
  const later = recipe.steps.findIndex(({ step }) => step === "upscale");
  const at = later < 0 ? recipe.steps.length : later;
  return (
    <TextButton
      unavailable={activity.kind === "idle" ? undefined : "Something runs already."}
      onClick={() => {
        const quantify = { step: "quantify", method: "xpp" } as const;
        actions.changeRecipe({ ...recipe, steps: [...recipe.steps.slice(0, at), quantify, ...recipe.steps.slice(at)] });
        void actions.findPhases();
      }}
    >
      Quantify with XPP
    </TextButton>
  );
}
