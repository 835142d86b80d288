import { countOf, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { useMemo } from "react";
import { classesFound } from "../../session/derived/classes-found.js";
import { useHereSentences } from "../../session/derived/here/use-here-sentences.js";
import { beforeBin, parameterOf, withParameterOf } from "../../session/recipe-change.js";
import type { ViewSession } from "../../session/view-session.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import styles from "../../ui/parameters/parameters.module.css";
import { type Field, fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { valuesNobodyChose } from "../../ui/parameters/usual-values.js";
import { Segmented } from "../../ui/segmented.js";
import { basics } from "./basic-parameters.js";
import { BinnedPicture } from "./binned-picture.js";

const details = [
  { value: "fewer", label: "Fewer", detail: 0.03 },
  { value: "auto", label: "Auto", detail: undefined },
  { value: "more", label: "More", detail: 0.005 },
] as const;

const binnings = ["1", "2", "3", "4"].map((value) => ({ value, label: value === "1" ? "No" : `${value} × ${value}` }));

interface Props {
  readonly session: ViewSession;
  onRecipe(recipe: RecipeInput): void;
}

/** The five controls that a newcomer sees: how fine, how large the pixels, which elements, which grains, what to ignore. */
export function BasicControls({ session, onRecipe }: Props) {
  const { recipe } = session;
  const detail = parameterOf(recipe, "find-phases", "detail");
  const binned = useHereOf(session, "bin");
  const ofStep = { elements: useHereOf(session, "elements"), "find-phases": useHereOf(session, "find-phases") };
  const factor = Number(parameterOf(recipe, "bin", "factor") ?? 1);
  return (
    <div className={styles["fields"]}>
      <div className={styles["field"]}>
        <span>Detail</span>
        <div className={styles["control"]}>
          <Segmented
            label="Detail"
            value={detailOf(detail)}
            choices={[...details]}
            onChange={(value) => {
              const chosen = details.find((choice) => choice.value === value);
              onRecipe(withParameterOf(recipe, "find-phases", "detail", chosen?.detail));
            }}
          />
        </div>
        <p className={styles["help"]}>{detailHelp(session)}</p>
      </div>
      <div className={styles["field"]}>
        <span>Binning</span>
        <div className={styles["control"]}>
          <Segmented
            label="Binning"
            value={String(factor)}
            choices={binnings}
            onChange={(value) => onRecipe(withParameterOf(recipe, "bin", "factor", Number(value), beforeBin))}
          />
        </div>
        <div className={styles["help"]}>
          <p>{binned?.("factor") ?? "Joins neighbouring pixels; counts are summed."}</p>
          <BinnedPicture session={session} />
        </div>
      </div>
      {basics.map(({ title, step, name }) => {
        const field = fieldNamed(step, name);
        if (field === undefined || !hasStep(recipe, step)) return null;
        return (
          <ParameterField
            key={name}
            field={{ ...field, title, optional: field.kind === "words" || field.optional }}
            value={parameterOf(recipe, step, name)}
            usual={valuesNobodyChose(recipe, step)[name]}
            here={ofStep[step]?.(name)}
            isBrief
            onChange={(value) => onRecipe(withParameterOf(recipe, step, name, value))}
          />
        );
      })}
    </div>
  );
}

/** Sentences about the open image, of a step as it is or would be. */
function useHereOf({ image, analysis, recipe, stale, lastSteps }: ViewSession, step: "bin" | "elements" | "find-phases") {
  const sentences = useHereSentences();
  return useMemo(
    () => sentences?.hereOfStep({ image, analysis, recipe, stale, lastSteps }, { step }),
    [sentences, image, analysis, recipe, stale, lastSteps, step],
  );
}

function detailOf(value: unknown): string {
  const standard = fieldNamed("find-phases", "detail")?.standard;
  if (value === undefined || value === standard) return "auto";
  return typeof value === "number" && typeof standard === "number" && value > standard ? "fewer" : "more";
}

/** What the detail gave; what people did with the classes is not its doing, and is told apart. */
export function detailHelp({ analysis, partial, stale }: Pick<ViewSession, "analysis" | "partial" | "stale">): string {
  // What is unfinished says nothing yet: the search begins with more classes than it ends with.
  if (partial || analysis === undefined || analysis.classes.length === 0)
    return "How small a difference makes a class of its own.";
  const count = classesFound(analysis);
  const found = countOf(count, "class", "classes");
  const edited = count === analysis.classes.length ? "" : ` With your edits there are ${analysis.classes.length}.`;
  return (stale.length > 0 ? `Found ${found} with the settings before.` : `Gives ${found} here.`) + edited;
}

function fieldNamed(step: string, name: string): Field | undefined {
  return fieldsOfStep(step).find((field) => field.name === name);
}

function hasStep(recipe: Recipe, step: string): boolean {
  return recipe.steps.some((entry) => entry.step === step);
}
