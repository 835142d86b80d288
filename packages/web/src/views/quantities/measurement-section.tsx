import { useMemo, useState } from "react";
import { useHereSentences } from "../../session/derived/here/use-here-sentences.js";
import type { ViewSession } from "../../session/view-session.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import panel from "../../ui/panel/panel.module.css";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import parameters from "../../ui/parameters/parameters.module.css";
import { fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { valuesNobodyChose } from "../../ui/parameters/usual-values.js";
import { CoatingFields } from "./coating-fields.js";
import { quantifyStepOf, usualMethod, withQuantify } from "./quantify-recipe.js";

/** Of a bulk sample: what most samples need. The rest is in Controls, with all parameters. */
const BULK = [
  "oxygen",
  "difference",
  "tiltDeg",
  "takeOffAngleDeg",
  "beamEnergyKev",
  "liveTimeS",
  "beamCurrentNa",
  "window",
  "pixels",
];
const THIN = ["thicknessNm", "densityGcm3", "takeOffAngleDeg", "perPixel"];

/** How the sample lay and was measured, and what its oxygen is taken from. */
export function MeasurementSection({ session }: { readonly session: ViewSession }) {
  const { recipe, image, actions } = session;
  const [open, setOpen] = useState(false);
  const sentences = useHereSentences();
  const step = quantifyStepOf(recipe);
  const method = step?.method ?? usualMethod(image?.metadata);
  const fields = useMemo(() => {
    const shown = method === "xpp" ? BULK : THIN;
    return fieldsOfStep("quantify", method)
      .filter(({ name }) => shown.includes(name))
      .sort((a, b) => shown.indexOf(a.name) - shown.indexOf(b.name));
  }, [method]);
  const usual = valuesNobodyChose(recipe, "quantify", method);
  const here = sentences?.hereOfStep(session, { step: "quantify", method });
  const values = (step ?? {}) as Readonly<Record<string, unknown>>;
  return (
    <Disclosure open={open} onOpen={setOpen} summary="How it was measured">
      <div className={parameters["fields"]}>
        {fields.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            value={values[field.name]}
            usual={usual[field.name]}
            here={here?.(field.name)}
            onChange={(value) => actions.changeRecipe((now) => withQuantify(now, { [field.name]: value }, method))}
          />
        ))}
        {method === "xpp" && <CoatingFields session={session} />}
        <p className={panel["hint"]}>Every other parameter of the step is in Controls, with all of them shown.</p>
      </div>
    </Disclosure>
  );
}
