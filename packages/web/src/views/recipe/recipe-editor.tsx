import { useId, useMemo, useRef, useState } from "react";
import { applyRecipe } from "../../session/recipe-acts.js";
import type { ViewSession } from "../../session/view-session.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./recipe-panel.module.css";
import { recipeText } from "./recipe-words.js";
import { readWritten, type WritingFault } from "./written-recipe.js";

interface Props {
  readonly session: ViewSession;
  onDone(): void;
}

/** The recipe of the controls as JSON to write in: checked with every letter, what is wrong is told with its line. */
export function RecipeEditor({ session, onDone }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [given] = useState(() => recipeText(session.recipe));
  const [text, setText] = useState(given);
  const written = useMemo(() => readWritten(text), [text]);
  const fault = "fault" in written ? written.fault : undefined;
  const apply = (): void => {
    if ("recipe" in written && applyRecipe(session, written.recipe) === undefined) onDone();
  };
  return (
    <>
      <textarea
        ref={area}
        className={`${styles["code"]} ${styles["editor"]}`}
        aria-label="Recipe as JSON"
        aria-invalid={fault !== undefined}
        aria-describedby={id}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) apply();
        }}
      />
      <p id={id} className={fault === undefined ? styles["sound"] : styles["fault"]} role="status">
        {fault?.sentence ??
          (text === given ? "Edits of classes are not in it: they are made again on what it finds." : "A recipe.")}
      </p>
      <div className={styles["buttons"]}>
        <TextButton look="primary" unavailable={fault?.sentence ?? unchanged(text, given)} onClick={apply}>
          Apply
        </TextButton>
        <TextButton onClick={onDone}>Discard</TextButton>
        {fault !== undefined && (
          <TextButton look="plain" onClick={() => show(area.current, text, fault)}>
            Show the place
          </TextButton>
        )}
      </div>
    </>
  );
}

function unchanged(text: string, given: string): string | undefined {
  return text === given ? "Nothing is changed yet." : undefined;
}

/** Selects what is wrong and brings it to the middle of what is seen. */
function show(area: HTMLTextAreaElement | null, text: string, { place: { start, end } }: WritingFault): void {
  if (area === null) return;
  area.focus();
  area.setSelectionRange(start, end);
  const lines = text.split("\n").length;
  const line = text.slice(0, start).split("\n").length;
  area.scrollIntoView({ block: "center" });
  area.scrollTop = Math.max(0, (line / lines) * area.scrollHeight - area.clientHeight / 2);
}
