import { countOf, formatFixed, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { classesFound } from "../../session/derived/classes-found.js";
import { beforeBin, parameterOf, withParameterOf } from "../../session/recipe-change.js";
import type { ViewSession } from "../../session/view-session.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import styles from "../../ui/parameters/parameters.module.css";
import { type Field, fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { Segmented } from "../../ui/segmented.js";

const details = [
  { value: "fewer", label: "Fewer", detail: 0.03 },
  { value: "auto", label: "Auto", detail: undefined },
  { value: "more", label: "More", detail: 0.005 },
] as const;

const binnings = ["1", "2", "3", "4"].map((value) => ({ value, label: value === "1" ? "No" : `${value} × ${value}` }));

interface Basic {
  readonly title: string;
  readonly step: "elements" | "find-phases";
  readonly name: string;
}

const basics: readonly Basic[] = [
  { title: "Elements used", step: "elements", name: "elements" },
  { title: "Smallest grain", step: "find-phases", name: "smallestGrain" },
  { title: "Ignore", step: "find-phases", name: "ignoredElements" },
];

interface Props {
  readonly session: ViewSession;
  onRecipe(recipe: RecipeInput): void;
}

/** The five controls that a newcomer sees: how fine, how large the pixels, which elements, which grains, what to ignore. */
export function BasicControls({ session, onRecipe }: Props) {
  const { recipe } = session;
  const detail = parameterOf(recipe, "find-phases", "detail");
  const counts = session.image === undefined ? undefined : session.image.totalCounts / Math.max(1, session.image.countMap.length);
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
        <p className={styles["help"]}>
          {counts === undefined
            ? "Joins neighbouring pixels; counts are summed."
            : `A pixel holds ${formatFixed(counts * factor * factor, 0)} counts in the mean, of all energies.`}
        </p>
      </div>
      {basics.map(({ title, step, name }) => {
        const field = fieldNamed(step, name);
        if (field === undefined || !hasStep(recipe, step)) return null;
        return (
          <ParameterField
            key={name}
            field={{ ...field, title, optional: field.kind === "words" || field.optional }}
            value={parameterOf(recipe, step, name)}
            onChange={(value) => onRecipe(withParameterOf(recipe, step, name, value))}
          />
        );
      })}
    </div>
  );
}

/** Names of the parameters that Basic shows, as `step.name`. */
export const basicParameters: ReadonlySet<string> = new Set([
  "find-phases.detail",
  "bin.factor",
  ...basics.map(({ step, name }) => `${step}.${name}`),
]);

function detailOf(value: unknown): string {
  const standard = fieldNamed("find-phases", "detail")?.standard;
  if (value === undefined || value === standard) return "auto";
  return typeof value === "number" && typeof standard === "number" && value > standard ? "fewer" : "more";
}

/** What the detail gave; what people did with the classes is not its doing, and is told apart. */
export function detailHelp({ analysis, stale }: Pick<ViewSession, "analysis" | "stale">): string {
  if (analysis === undefined || analysis.classes.length === 0) return "How small a difference makes a class of its own.";
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
