import { useMemo, useState } from "react";
import type { ViewSession } from "../../session/view-session.js";
import panel from "../../ui/panel/panel.module.css";
import { readField } from "../../ui/parameters/field-values.js";
import { type Field, fieldsWithin } from "../../ui/parameters/schema-fields.js";
import { TextButton } from "../../ui/text-button.js";
import { quantifyStepOf, withQuantify } from "./quantify-recipe.js";
import styles from "./quantities-panel.module.css";

type Texts = Readonly<Record<string, string>>;

/** The layer on the sample: it goes into the recipe when material and thickness are there. */
export function CoatingFields({ session: { recipe, actions } }: { readonly session: ViewSession }) {
  const fields = useMemo(() => fieldsWithin("quantify", "xpp", "coating"), []);
  const step = quantifyStepOf(recipe);
  const now = step?.method === "xpp" ? step.coating : undefined;
  const [texts, setTexts] = useState<Texts>(() => textsOf(fields, now));
  const [problem, setProblem] = useState<string>();
  const apply = (): void => {
    const coating = coatingOf(fields, texts);
    setProblem("problem" in coating ? coating.problem : undefined);
    if (!("problem" in coating)) actions.changeRecipe((now) => withQuantify(now, { coating: coating.value }));
  };
  const clear = (): void => {
    setTexts({});
    setProblem(undefined);
    actions.changeRecipe((now) => withQuantify(now, { coating: undefined }));
  };
  return (
    <fieldset style={{ display: "grid", gap: 6, padding: 0, border: 0 }} onKeyDown={(event) => event.stopPropagation()}>
      <legend>Coating</legend>
      <div className={styles["coating"]}>
        {fields.map(({ name, title, unit }) => (
          <label key={name} className={panel["field"]}>
            {unit === "" ? title : `${title}, ${unit}`}
            <input
              value={texts[name] ?? ""}
              placeholder={name === "material" ? "C" : name === "densityGcm3" ? "automatic" : ""}
              onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {problem !== undefined && (
        <p className={panel["error"]} role="alert">
          {problem}
        </p>
      )}
      <div className={panel["row"]}>
        <TextButton onClick={apply}>Take this coating</TextButton>
        {now !== undefined && (
          <TextButton look="plain" onClick={clear}>
            No coating
          </TextButton>
        )}
      </div>
    </fieldset>
  );
}

function textsOf(fields: readonly Field[], coating: object | undefined): Texts {
  const values = (coating ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(fields.map(({ name }) => [name, values[name] === undefined ? "" : String(values[name])]));
}

/** The coating that the texts describe, or what is wrong with one of them, in words. */
export function coatingOf(
  fields: readonly Field[],
  texts: Texts,
): { readonly value: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const reading = readField(field, texts[field.name] ?? "");
    if ("problem" in reading) return { problem: `${field.title}: ${reading.problem}` };
    if (reading.value !== undefined) value[field.name] = reading.value;
  }
  return { value };
}
