import { IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import panel from "../../ui/panel/panel.module.css";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import parameters from "../../ui/parameters/parameters.module.css";
import { fieldsWithin } from "../../ui/parameters/schema-fields.js";
import { compositionWords, type Standard, withoutStandard, withStandardFact } from "./quantify-recipe.js";
import styles from "./quantities-panel.module.css";

/** What a person may change of a standard; its counts and energies are those of its file. */
const CHANGEABLE = ["formula", "elements", "liveTimeS", "beamCurrentNa", "beamEnergyKev", "takeOffAngleDeg", "relativeError"];

interface Props {
  readonly session: ViewSession;
  readonly standard: Standard;
  readonly index: number;
}

/** A standard of the recipe: of what it is, for which elements; behind it how it was measured. */
export function StandardRow({ session: { actions }, standard, index }: Props) {
  const [open, setOpen] = useState(false);
  const fields = useMemo(
    () =>
      fieldsWithin("quantify", "xpp", "standards")
        .filter(({ name }) => CHANGEABLE.includes(name))
        .map((field) => (field.name === "elements" ? { ...field, optional: true } : field)),
    [],
  );
  const elements = standard.elements.length === 0 ? "all that no standard before has" : standard.elements.join(", ");
  return (
    <li>
      <div className={styles["standard"]}>
        <Disclosure
          open={open}
          onOpen={setOpen}
          summary={
            <span className={styles["words"]}>
              <span>{standard.name}</span>
              <small>
                {compositionWords(standard)} · for {elements}
              </small>
            </span>
          }
        >
          <div className={parameters["fields"]}>
            {fields.map((field) => (
              <ParameterField
                key={field.name}
                field={field}
                hasDefault={field.name === "elements" || field.name === "relativeError"}
                value={standard[field.name as keyof Standard]}
                onChange={(value) => actions.changeRecipe((now) => withStandardFact(now, index, field.name, value))}
              />
            ))}
            <p className={panel["hint"]}>
              {standard.counts.length} channels of {Number((1000 * standard.energyScaleKev).toPrecision(4))} eV.
            </p>
          </div>
        </Disclosure>
        <IconAction
          icon={IconTrash}
          label={`Remove the standard ${standard.name}`}
          onClick={() => actions.changeRecipe((now) => withoutStandard(now, index))}
        />
      </div>
    </li>
  );
}
