import { reportSections } from "@sigma-eds/core";
import { TextButton } from "../../ui/text-button.js";
import { type PageSpec, sectionsOption, withSection } from "./page-spec.js";
import styles from "./page-view.module.css";

interface Props {
  readonly spec: PageSpec;
  onSpec(spec: PageSpec): void;
}

/** The parts of the report as checkboxes; those of which there is nothing to say leave themselves out anyway. */
export function PageContents({ spec, onSpec }: Props) {
  const option = sectionsOption(spec);
  return (
    <fieldset className={styles["contents"]}>
      <legend>Parts of the report</legend>
      {reportSections.map(({ id, title }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={!spec.leftOut.includes(id)}
            onChange={(event) => onSpec(withSection(spec, id, event.currentTarget.checked))}
          />
          {title}
        </label>
      ))}
      {spec.leftOut.length > 0 && (
        <>
          <TextButton look="plain" onClick={() => onSpec({ leftOut: [] })}>
            All of them
          </TextButton>
          <p>
            The last line of the report says what was left out. <code>sigma run</code> writes the same with <code>{option}</code>.
          </p>
        </>
      )}
    </fieldset>
  );
}
