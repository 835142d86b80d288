import type { OwnPhase } from "@sigma-eds/core";
import { IconTrash } from "@tabler/icons-react";
import { type FormEvent, useRef, useState } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import panel from "../../ui/panel/panel.module.css";
import { TextButton } from "../../ui/text-button.js";
import styles from "./names-panel.module.css";
import { checkedPhase, libraryOfRecipe, libraryOfText, recipeWithLibrary, textOfLibrary, withPhase } from "./own-library.js";

/** Phases of the user's own: added one by one or from a JSON file; they go into the recipe. */
export function OwnLibraryForm({ session }: { readonly session: ViewSession }) {
  const { recipe, actions } = session;
  const [problem, setProblem] = useState<string>();
  const file = useRef<HTMLInputElement>(null);
  const phases = libraryOfRecipe(recipe);
  const change = (next: (known: readonly OwnPhase[]) => readonly OwnPhase[]): void => {
    setProblem(undefined);
    actions.changeRecipe((now) => recipeWithLibrary(now, next(libraryOfRecipe(now))));
  };
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const checked = checkedPhase(phaseOfForm(new FormData(form)));
    if (typeof checked === "string") {
      setProblem(checked);
      return;
    }
    change((known) => withPhase(known, checked));
    form.reset();
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const library = libraryOfText(await chosen.text());
    if (library.kind === "refused") setProblem(`${chosen.name}: ${library.reason}`);
    else change((known) => library.phases.reduce(withPhase, known));
  };
  return (
    <div className={panel["panel"]}>
      {phases.length > 0 && (
        <ul className={styles["own"]}>
          {phases.map((phase) => (
            <li key={phase.name}>
              <span>{phase.name}</span>
              <span className={panel["quiet"]}>{phase.formula ?? Object.keys(phase.massFractions ?? {}).join("–")}</span>
              <IconAction
                icon={IconTrash}
                label={`Remove ${phase.name}`}
                onClick={() => change((known) => known.filter(({ name }) => name !== phase.name))}
              />
            </li>
          ))}
        </ul>
      )}
      <form className={styles["form"]} onSubmit={add}>
        <label className={panel["field"]}>
          Name
          <input name="name" required maxLength={200} />
        </label>
        <label className={panel["field"]}>
          Formula
          <input name="formula" required placeholder="CaAl2Si2O8" />
        </label>
        <label className={panel["field"]}>
          Density, g/cm³
          <input name="density" type="number" min={0.01} max={30} step="any" />
        </label>
        <button type="submit" className={styles["add"]}>
          Add
        </button>
      </form>
      {problem !== undefined && (
        <p className={panel["error"]} role="alert">
          {problem}
        </p>
      )}
      <div className={panel["row"]}>
        <TextButton onClick={() => file.current?.click()}>Open a library (JSON)</TextButton>
        {phases.length > 0 && (
          <TextButton look="plain" onClick={() => actions.download("phases.json", textOfLibrary(phases), "application/json")}>
            Save as JSON
          </TextButton>
        )}
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Library of phases"
          onChange={(event) => {
            void read(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p className={panel["hint"]}>They come before those of the library, and are written into the recipe.</p>
    </div>
  );
}

function phaseOfForm(form: FormData): unknown {
  const density = Number(form.get("density"));
  return {
    name: String(form.get("name") ?? "").trim(),
    formula: String(form.get("formula") ?? "").trim(),
    ...(density > 0 ? { densityGcm3: density } : {}),
  };
}
