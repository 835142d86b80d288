import { listOf } from "@sigma-eds/core";
import { identifiedElements, markedElements, switchElement } from "../../session/marked-lines.js";
import type { ViewSession } from "../../session/view-session.js";
import { ElementTable } from "../../ui/element-table.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./panel.module.css";

const SOURCE = "load-report";

/** The periodic table of what is marked and what was identified; a click marks, as in the table of the spectrum, which is larger. */
export function MarkedElements({ session }: { readonly session: ViewSession }) {
  const { image, analysis, linked, commands, actions } = session;
  const marked = markedElements(session);
  const identified = identifiedElements(analysis);
  const openLarger = async (): Promise<void> => {
    const refusal = await commands.run("spectrum.elements");
    if (refusal !== undefined) actions.say("Show the spectrum first: the larger table opens over it.");
  };
  return (
    <section className={styles["elements"]} aria-label="Elements of the image">
      <ElementTable
        compact
        marked={marked}
        found={identified}
        beamEnergyKev={image?.metadata.beamEnergyKev}
        onToggle={(element) => switchElement(session, element)}
        onPreview={(line) => linked.hover.set(line === undefined ? { kind: "nothing" } : { kind: "line", line }, SOURCE, false)}
      >
        <TextButton look="plain" keys="E" offered={false} label="Larger periodic table" onClick={() => void openLarger()}>
          Larger
        </TextButton>
      </ElementTable>
      <p className={styles["note"]}>{foundWords(marked, identified, analysis?.identities !== undefined)}</p>
    </section>
  );
}

/** What the two kinds of cells say, and where they differ. */
export function foundWords(marked: readonly string[], identified: readonly string[], isIdentified: boolean): string {
  const filled = marked.length === 0 ? "None is marked." : `Filled: ${marked.length} marked.`;
  if (!isIdentified) return `${filled} Classes are not identified yet.`;
  const unmarked = identified.filter((element) => !marked.includes(element));
  const unseen = marked.filter((element) => !identified.includes(element));
  return [
    filled,
    unmarked.length > 0
      ? `Framed: identified in a class, not marked: ${listOf(unmarked)}.`
      : "All that was identified is marked.",
    ...(unseen.length > 0 ? [`Marked, but identified in no class: ${listOf(unseen)}.`] : []),
  ].join(" ");
}
