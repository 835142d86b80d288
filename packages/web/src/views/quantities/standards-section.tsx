import { isSigmaError } from "@sigma-eds/core";
import { type DragEvent, useState } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { chooseFiles } from "../../ui/choose-files.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import { doseOfSample, doseWords, hasComposition, type NewStandard, standardsOf, withStandards } from "./quantify-recipe.js";
import styles from "./quantities-panel.module.css";
import { StandardRow } from "./standard-row.js";
import { UnknownStandard } from "./unknown-standard.js";

const ACCEPTED = ".msa,.emsa,.spx,.eds,.txt";

/** Standards of the quantification: spectra of known composition, dropped here or chosen. They go into the recipe whole, as the command line puts them there. */
export function StandardsSection({ session }: { readonly session: ViewSession }) {
  const { recipe, actions, engine } = session;
  const [problem, setProblem] = useState<string>();
  const [unknown, setUnknown] = useState<readonly NewStandard[]>([]);
  const [over, setOver] = useState(false);
  const standards = standardsOf(recipe);
  const take = (added: readonly NewStandard[]): void => {
    const known = added.filter(hasComposition);
    if (known.length > 0) actions.changeRecipe((now) => withStandards(now, known));
    setUnknown((before) => [...before, ...added.filter((one) => !hasComposition(one))]);
  };
  const read = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setProblem(undefined);
    try {
      take(await engine.readStandards(files));
    } catch (error) {
      setProblem(refusal(error));
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void read([...event.dataTransfer.files]);
  };
  const missing = doseWords(standards, doseOfSample(recipe, session.image?.metadata));
  return (
    <PanelSection title="Standards" aside={standards.length === 0 ? "none: standardless" : `${standards.length} in the recipe`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keys */}
      <div
        className={styles["drop"]}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {standards.length > 0 && (
          <ul className={styles["standards"]}>
            {standards.map((standard, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: their order is what they are
              <StandardRow key={`${i} ${standard.name}`} session={session} standard={standard} index={i} />
            ))}
          </ul>
        )}
        {unknown.map((standard, i) => (
          <UnknownStandard
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
            key={`${i} ${standard.name}`}
            standard={standard}
            onFormula={(formula) => {
              setUnknown((before) => before.filter((other) => other !== standard));
              take([{ ...standard, formula }]);
            }}
            onLeave={() => setUnknown((before) => before.filter((other) => other !== standard))}
          />
        ))}
        <div className={panel["row"]}>
          <TextButton onClick={() => void chooseFiles({ accept: ACCEPTED }).then(read)}>Add standards</TextButton>
          <span className={panel["hint"]}>or drop their spectra here (.msa, .spx, …)</span>
        </div>
      </div>
      {problem !== undefined && (
        <p className={panel["error"]} role="alert">
          {problem}
        </p>
      )}
      {missing !== undefined && <p className={panel["hint"]}>{missing}</p>}
    </PanelSection>
  );
}

function refusal(error: unknown): string {
  if (!isSigmaError(error)) return "The standard could not be read.";
  const { where, remedy } = error.facts;
  return [where === undefined ? undefined : `${where}:`, error.message, remedy].filter((part) => part !== undefined).join(" ");
}
