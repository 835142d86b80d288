import { countOf, formatFixed } from "@sigma-eds/core";
import { rareEvidence, rareNames, showRareElement } from "../../session/derived/rare-elements.js";
import type { ViewSession } from "../../session/view-session.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./elements-view.module.css";

/** Elements that only a few pixels hold: no map of a class's line shows them. A click selects the pixels and maps the line. */
export function RareStrip({ session }: { readonly session: ViewSession }) {
  const rare = session.analysis?.doubts?.rare ?? [];
  if (rare.length === 0) return null;
  return (
    <section className={styles["rare"]} aria-label="Elements that only a few pixels hold">
      <span>In a few pixels only:</span>
      {rare.map((one) => (
        <span key={one.element} title={rareEvidence(one)}>
          <TextButton onClick={() => showRareElement(session, one, "elements")}>
            {rareNames(one)} · {countOf(one.pixels.length, "pixel")}, {formatFixed(one.significance, 1)} σ
          </TextButton>
        </span>
      ))}
    </section>
  );
}
