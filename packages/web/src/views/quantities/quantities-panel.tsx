import { useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { type AmountUnit, classAmounts, type FormulaBasis } from "../../session/derived/class-amounts.js";
import { runRefusal } from "../../session/refusals.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import panel from "../../ui/panel/panel.module.css";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { amountTable } from "./amount-table.js";
import { AllClasses, OneClass } from "./amount-tables.js";
import { MeasurementSection } from "./measurement-section.js";
import { quantifyStepOf, usualMethod, withQuantify } from "./quantify-recipe.js";
import { StandardsSection } from "./standards-section.js";

const units: readonly { readonly value: AmountUnit; readonly label: string }[] = [
  { value: "mass", label: "wt %" },
  { value: "atomic", label: "at %" },
  { value: "oxide", label: "Oxides" },
  { value: "formula", label: "Formula" },
];

const USUAL_BASIS: FormulaBasis = { of: "O", count: 8 };
const MOST_ATOMS = 100;

/** How much of each element the classes hold: per cent by mass, atoms or oxides, or a formula; counting, standards and model stated apart; and what it is measured with. */
export function QuantitiesPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, linked, actions } = session;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const [unit, setUnit] = useState<AmountUnit>("mass");
  const [basis, setBasis] = useState(USUAL_BASIS);
  const [all, setAll] = useState(false);
  const classes = analysis === undefined ? [] : classAmounts(analysis, unit, basis);
  if (classes.length === 0) return <EmptyState sentence="No classes yet. Find phases first." />;
  const shown = classes.find(({ id }) => id === active) ?? classes[0]!;
  const isEmpty = classes.every(({ amounts }) => amounts.length === 0);
  const tables: readonly OfferedTable[] = isEmpty
    ? []
    : [{ id: `amounts-${unit}`, title: "Amounts of all classes", make: () => amountTable(classes, unit) }];
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
      {all ? <AllClasses classes={classes} tables={tables} /> : <OneClass amounts={shown} unit={unit} tables={tables} />}
      <div className={panel["row"]}>
        <Quantify session={session} />
        <TextButton look="plain" onClick={() => actions.openView("ternary")}>
          Ternary
        </TextButton>
      </div>
      {(quantifyStepOf(session.recipe)?.method ?? usualMethod(session.image?.metadata)) === "xpp" && (
        <StandardsSection session={session} />
      )}
      <MeasurementSection session={session} />
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

/** Quantifies where the recipe does not yet, and again where what is shown is not what the recipe says now. */
function Quantify({ session }: { readonly session: ViewSession }) {
  const { recipe, actions, analysis, image, stale } = session;
  const isAsked = quantifyStepOf(recipe) !== undefined;
  if (isAsked && !stale.includes("quantify")) return null;
  const method = usualMethod(image?.metadata);
  return (
    <TextButton
      look={isAsked ? "primary" : "outline"}
      unavailable={runRefusal(session)}
      onClick={() => {
        if (!isAsked) actions.changeRecipe((now) => withQuantify(now, {}, method));
        void actions.findPhases();
      }}
    >
      {isAsked
        ? analysis?.quantification === undefined
          ? "Quantify"
          : "Quantify again"
        : method === "xpp"
          ? "Quantify with XPP"
          : "Quantify with k-factors"}
    </TextButton>
  );
}
