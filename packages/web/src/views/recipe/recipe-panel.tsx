import { useMemo, useState } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { WhatWasChosen } from "../../ui/parameters/what-was-chosen.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { RecipeEditor } from "./recipe-editor.js";
import styles from "./recipe-panel.module.css";
import { commandLine, recipeLines, recipeText } from "./recipe-words.js";

type Form = "words" | "json";

const forms: readonly { readonly value: Form; readonly label: string }[] = [
  { value: "words", label: "In words" },
  { value: "json", label: "JSON" },
];

/** The whole recipe, edits included, in words or as JSON; the command line that repeats it. */
export function RecipePanel({ session }: { readonly session: ViewSession }) {
  const { analysis, recipe: controls, file, image, actions, commands, history } = session;
  const [form, setForm] = useState<Form>("words");
  const [isWriting, setWriting] = useState(false);
  const recipe = analysis?.recipe ?? controls;
  const said = history.filter(({ kind, applied }) => kind === "edit" && applied).map(({ sentence }) => sentence);
  const text = useMemo(() => recipeText(recipe), [recipe]);
  const command = commandLine(file?.name ?? image?.name, image?.dataset ?? 0);
  const copy = (what: string, words: string): void => {
    void navigator.clipboard.writeText(words).then(
      () => actions.say(`${what} copied.`),
      () => actions.say("The browser did not allow copying. Select the text and copy it."),
    );
  };
  return (
    <div className={styles["panel"]}>
      <Segmented label="Form of the recipe" value={form} choices={forms} onChange={(value) => setForm(value)} />
      {isWriting && form === "json" ? (
        <RecipeEditor session={session} onDone={() => setWriting(false)} />
      ) : form === "json" ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reached by keys
        <pre className={styles["code"]} tabIndex={0}>
          {text}
        </pre>
      ) : (
        <ol className={styles["lines"]}>
          {recipeLines(recipe, said).map(({ title, summary, settings, acts }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name, and their order is what they are
            <li key={i}>
              <strong>{title}</strong>
              <p>{[summary, settings].filter((sentence) => sentence !== undefined).join(" ")}</p>
              {acts.length > 0 && (
                <ul>
                  {acts.map((act, k) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same may be done twice
                    <li key={k}>{act}.</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
      <WhatWasChosen analysis={analysis} recipe={controls} onRecipe={actions.changeRecipe} onWhy={actions.openView} />
      <pre className={`${styles["code"]} ${styles["command"]}`}>{command}</pre>
      <div className={styles["buttons"]}>
        {!isWriting && (
          <TextButton
            onClick={() => {
              setForm("json");
              setWriting(true);
            }}
          >
            Edit as JSON
          </TextButton>
        )}
        <TextButton offered={false} onClick={() => void commands.run("session.apply-recipe")}>
          Open recipe
        </TextButton>
        <TextButton onClick={() => copy("Recipe", text)}>Copy recipe</TextButton>
        <TextButton onClick={() => actions.download("recipe.json", text, "application/json")}>Save recipe</TextButton>
        <TextButton onClick={() => copy("Command line", command)}>Copy command line</TextButton>
      </div>
    </div>
  );
}
