import { type FormEvent, useState } from "react";
import panel from "../../ui/panel/panel.module.css";
import { TextButton } from "../../ui/text-button.js";
import { formulaInName, isFormula, type NewStandard } from "./quantify-recipe.js";
import styles from "./quantities-panel.module.css";

interface Props {
  readonly standard: NewStandard;
  onFormula(formula: string): void;
  onLeave(): void;
}

/** A spectrum whose file does not say what was measured: it is a standard when its formula is written. */
export function UnknownStandard({ standard, onFormula, onLeave }: Props) {
  const [formula, setFormula] = useState(formulaInName(standard.name) ?? "");
  const [refused, setRefused] = useState(false);
  const take = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isFormula(formula.trim())) onFormula(formula.trim());
    else setRefused(true);
  };
  return (
    <form className={styles["unknown"]} onSubmit={take} onKeyDown={(event) => event.stopPropagation()}>
      <p>
        The file of <strong>{standard.name}</strong> does not say its composition.
      </p>
      <label className={panel["field"]}>
        Formula of {standard.name}
        <input
          value={formula}
          placeholder="MgO"
          required
          aria-invalid={refused}
          onChange={(event) => {
            setRefused(false);
            setFormula(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" className={styles["submit"]}>
        Use it
      </button>
      <TextButton look="plain" onClick={onLeave}>
        Leave it out
      </TextButton>
      {refused && (
        <p className={panel["error"]} role="alert">
          “{formula}” is no formula. Write it as MgO or CaAl2Si2O8.
        </p>
      )}
    </form>
  );
}
