import { seedSentence } from "../../session/derived/here/seed.js";
import type { ViewSession } from "../../session/view-session.js";
import { isChosen } from "../../ui/parameters/field-values.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import fields from "../../ui/parameters/parameters.module.css";
import { fieldsOfRecipe } from "../../ui/parameters/schema-fields.js";

/** What holds for all steps: the seed. Among the basic controls where somebody has changed it. */
export function WholeRecipe({ session }: { readonly session: ViewSession }) {
  const { recipe, allControls, actions } = session;
  const shown = fieldsOfRecipe().filter(({ standard }) => allControls || isChosen(recipe.seed, standard));
  if (shown.length === 0) return null;
  return (
    <div className={fields["fields"]}>
      {shown.map((field) => (
        <ParameterField
          key={field.name}
          field={field}
          value={recipe.seed}
          here={seedSentence(recipe)}
          onChange={(value) => actions.changeRecipe((now) => ({ ...now, seed: typeof value === "number" ? value : 0 }))}
        />
      ))}
    </div>
  );
}
