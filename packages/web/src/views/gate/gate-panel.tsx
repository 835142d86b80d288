import { countOf, ParameterError, throughGate } from "@sigma-eds/core";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { countPixels } from "../../session/selection/masks.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { TextButton } from "../../ui/text-button.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { fieldText, gateFields } from "./gate-fields.js";
import styles from "./gate-panel.module.css";
import { GateRuleCard } from "./gate-rule-card.js";
import { expressionOf, type GateRule, gateSentence } from "./gate-rules.js";

/** Where the focus goes on to: the limits of a rule that was added, and to another rule where one was removed. */
const LIMIT_OF_NEWEST = "fieldset:last-of-type input:not([type=hidden])";
const ADDING = "[data-enter] select";

interface Props {
  readonly session: ViewSession;
}

/** Pixels by rules on their counts, certainty and grain. Stands in the inspector while the Gate tool is chosen. */
export function GatePanel({ session }: Props) {
  const tool = useSharedValue(session.linked.tool).value;
  const { analysis } = session;
  if (tool !== "gate") return null;
  if (analysis === undefined) {
    return (
      <section className={styles["gate"]} aria-label="Gate">
        <h3>Gate</h3>
        <p>Rules are on counts of lines, on membership and on the area of the grain. Find phases gives all of them.</p>
      </section>
    );
  }
  return <Gate session={session} analysis={analysis} />;
}

function Gate({ session, analysis }: Props & { readonly analysis: AnalysisSnapshot }) {
  const [rules, setRules] = useState<readonly GateRule[]>([]);
  const fields = useMemo(() => gateFields(analysis), [analysis]);
  const fieldNamed = (name: string) => fields.find((field) => field.name === name);
  const known = rules.filter(({ name }) => fieldNamed(name) !== undefined);
  const expression = expressionOf(known, (name) => fieldNamed(name)?.extent ?? [0, 1]);
  const asked = useDeferredValue(expression);
  const pixels = useMemo(() => pixelsThrough(analysis, asked), [analysis, asked]);
  const place = useRef<HTMLElement>(null);
  const [next, setNext] = useState<string>();
  useEffect(() => {
    if (next === undefined) return;
    place.current?.querySelector<HTMLElement>(next)?.focus();
    setNext(undefined);
  }, [next]);
  const add = (name: string): void => {
    const [from, to] = fieldNamed(name)?.extent ?? [0, 1];
    setRules([...rules, { name, from, to }]);
    setNext(LIMIT_OF_NEWEST);
  };
  const remove = (gone: string): void => {
    setRules(rules.filter(({ name }) => name !== gone));
    setNext(ADDING);
  };
  return (
    <section ref={place} className={styles["gate"]} aria-label="Gate">
      <h3>Gate</h3>
      <p data-sentence>{gateSentence(known, fieldNamed)}</p>
      {known.map((rule) => {
        const field = fieldNamed(rule.name);
        if (field === undefined) return null;
        return (
          <GateRuleCard
            key={rule.name}
            rule={rule}
            field={field}
            change={(changed) => setRules(rules.map((one) => (one.name === rule.name ? changed : one)))}
            remove={() => remove(rule.name)}
          />
        );
      })}
      <div className={styles["row"]} data-enter>
        <Choice
          label="Add a rule"
          value=""
          choices={[
            { value: "", label: "Add a rule…" },
            ...fields
              .filter(({ name }) => known.every((rule) => rule.name !== name))
              .map((field) => ({ value: field.name, label: fieldText(field) })),
          ]}
          onChange={(name) => name !== "" && add(name)}
        />
        <TextButton
          look="primary"
          unavailable={expression === "" ? "Add a rule and move its limits." : undefined}
          onClick={() => selectThrough(session, analysis, expression)}
        >
          Select
        </TextButton>
      </div>
      {pixels !== undefined && (
        <p role="status" className={styles["holds"]}>
          {countOf(pixels, "pixel")} of {countOf(analysis.countMap.length, "pixel")}
        </p>
      )}
      {expression !== "" && <code>{expression}</code>}
    </section>
  );
}

/** Undefined where nothing is limited, or the rules cannot be asked. */
function pixelsThrough(analysis: AnalysisSnapshot, expression: string): number | undefined {
  if (expression === "") return undefined;
  const mask = throughGate(analysis, expression, "maps");
  return mask instanceof Uint8Array ? countPixels(mask) : undefined;
}

function selectThrough(session: ViewSession, analysis: AnalysisSnapshot, expression: string): void {
  const { linked, actions } = session;
  try {
    const mask = throughGate(analysis, expression, "maps");
    if (!(mask instanceof Uint8Array)) {
      actions.say(mask.message);
      return;
    }
    const part = { on: "gate", expression, of: "maps" } as const;
    selectRegion(session, { mask, part, made: `Gate: ${expression}` }, linked.mode.current.value, "gate");
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    actions.say(error.message);
  }
}
