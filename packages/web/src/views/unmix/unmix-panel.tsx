import { countOf, endmembersAreOlder, formatPercent, OLDER_ENDMEMBERS } from "@sigma-eds/core";
import { useHereSentences } from "../../session/derived/here/use-here-sentences.js";
import { runRefusal } from "../../session/refusals.js";
import { unmixStepOf, withoutUnmix, withUnmix } from "../../session/unmix-recipe.js";
import type { ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { isChosen } from "../../ui/parameters/field-values.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import styles from "../../ui/parameters/parameters.module.css";
import { type Field, fieldsOfStep } from "../../ui/parameters/schema-fields.js";
import { valuesNobodyChose } from "../../ui/parameters/usual-values.js";
import { TextButton } from "../../ui/text-button.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** What a newcomer sees; solver, start, and endmembers that are given are among all controls. */
const BASIC: ReadonlySet<string> = new Set(["nComponents", "betaLoss"]);

/** How the map is unmixed: endmembers, loss, and how much is not explained; all parameters come from the schema of the step. */
export function UnmixPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, recipe, allControls, actions } = session;
  const sentences = useHereSentences();
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first; their spectra are what is unmixed." />;
  const entry = unmixStepOf(recipe) as Readonly<Record<string, unknown>> | undefined;
  const usual = valuesNobodyChose(recipe, "unmix", "nmf");
  const here = sentences?.hereOfStep(session, { step: "unmix", method: "nmf" });
  const isShown = (field: Field): boolean =>
    allControls || BASIC.has(field.name) || isChosen(entry?.[field.name], usual[field.name]);
  return (
    <div className={styles["panel"]}>
      <PanelSection title="Endmembers of the result">
        <Shown analysis={analysis} />
      </PanelSection>
      <PanelSection title="Unmix by NMF" aside={entry === undefined ? "not in the recipe" : undefined}>
        <div className={styles["fields"]}>
          {fieldsOfStep("unmix", "nmf")
            .filter(isShown)
            .map((field) => (
              <ParameterField
                key={field.name}
                field={field}
                value={entry?.[field.name]}
                usual={usual[field.name]}
                here={here?.(field.name)}
                onChange={(value) => actions.changeRecipe((now) => withUnmix(now, { [field.name]: value }))}
              />
            ))}
          <div className={panel["row"]}>
            <Unmix session={session} />
          </div>
        </div>
      </PanelSection>
    </div>
  );
}

/** What the endmembers on the screen are, and what they leave. */
function Shown({ analysis }: { readonly analysis: AnalysisSnapshot }) {
  const { unmixing, evidence } = analysis;
  if (unmixing === undefined) return <p className={panel["sentence"]}>No endmembers yet.</p>;
  const { method, endmembers, unexplainedShare } = unmixing;
  const what =
    method === "find-phases" && evidence !== undefined
      ? `${countOf(endmembers.length, "endmember")}: the spectra of the phases as they were found.`
      : `${countOf(endmembers.length, "endmember")}, made from the spectra of the classes by NMF.`;
  return (
    <>
      {endmembersAreOlder(analysis) && <p className={panel["sentence"]}>{OLDER_ENDMEMBERS}</p>}
      <p className={panel["sentence"]}>{what} Each pixel is a sum of them, none negative.</p>
      <p className={panel["hint"]}>
        {formatPercent(unexplainedShare)} of the counts are not explained: they lie above what the endmembers make by more than
        counting noise.
      </p>
    </>
  );
}

/** Unmixes by the recipe, and the way back to the endmembers that were found with the phases. */
function Unmix({ session }: { readonly session: ViewSession }) {
  const { recipe, analysis, actions, commands } = session;
  const unavailable = runRefusal(session);
  const backToPhases = (): void => {
    actions.changeRecipe((now) => withoutUnmix(now));
    void actions.findPhases();
  };
  return (
    <>
      <TextButton look="primary" unavailable={unavailable} onClick={() => void commands.run("run.unmix")}>
        {unmixStepOf(recipe) === undefined ? "Unmix" : "Unmix again"}
      </TextButton>
      {unmixStepOf(recipe) !== undefined && analysis?.evidence !== undefined && (
        <TextButton look="plain" unavailable={unavailable} onClick={backToPhases}>
          Back to the phases
        </TextButton>
      )}
    </>
  );
}
