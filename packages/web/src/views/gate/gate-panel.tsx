import { RangeSlider } from "@mantine/core";
import { formatNumber, lineText, ParameterError, throughGate } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { certaintyOf } from "../../session/derived/certainty.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { IconAction } from "../../ui/icon-action.js";
import { TextButton } from "../../ui/text-button.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import styles from "./gate-panel.module.css";
import { expressionOf, extentOf, type GateRule, histogramOf } from "./gate-rules.js";

interface Props {
  readonly session: ViewSession;
}

/** Pixels by rules on their counts and certainty. Stands in the inspector while the Gate tool is chosen. */
export function GatePanel({ session }: Props) {
  const tool = useSharedValue(session.linked.tool).value;
  const { analysis } = session;
  if (tool !== "gate") return null;
  if (analysis === undefined) {
    return (
      <section className={styles["gate"]} aria-label="Gate">
        <h3>Gate</h3>
        <p>Rules are on counts of lines and on membership. Find phases gives both.</p>
      </section>
    );
  }
  return <Gate session={session} analysis={analysis} />;
}

function Gate({ session, analysis }: Props & { readonly analysis: AnalysisSnapshot }) {
  const [rules, setRules] = useState<readonly GateRule[]>([]);
  const fields = useMemo(() => fieldsOf(analysis), [analysis]);
  const extents = useMemo(() => new Map([...fields].map(([name, data]) => [name, extentOf(data)])), [fields]);
  const extent = (name: string): readonly [number, number] => extents.get(name) ?? [0, 1];
  const expression = expressionOf(rules, extent);
  const names = [...fields.keys()];
  const add = (name: string): void => {
    const [from, to] = extent(name);
    setRules([...rules, { name, from, to }]);
  };
  return (
    <section className={styles["gate"]} aria-label="Gate">
      <h3>Gate</h3>
      <p>{rules.length > 1 ? "A pixel is selected when all of these hold." : "A pixel is selected when this holds."}</p>
      {rules.map((rule, i) => (
        <Rule
          key={rule.name}
          rule={rule}
          data={fields.get(rule.name)}
          extent={extent(rule.name)}
          change={(changed) => setRules(rules.map((one, at) => (at === i ? changed : one)))}
          remove={() => setRules(rules.filter((_, at) => at !== i))}
        />
      ))}
      <div className={styles["row"]} data-enter>
        <Choice
          label="Add a rule"
          value=""
          choices={[
            { value: "", label: "Add a rule…" },
            ...names
              .filter((name) => rules.every((rule) => rule.name !== name))
              .map((name) => ({ value: name, label: words(name) })),
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
      {expression !== "" && <code>{expression}</code>}
    </section>
  );
}

/** Everything that a rule may limit, by its name in conditions. */
function fieldsOf({ elementMaps, membership }: AnalysisSnapshot): Map<string, Float32Array> {
  const fields = new Map(elementMaps.map(({ line, data }) => [line, data]));
  if (membership !== undefined) {
    const { best, entropy } = certaintyOf(membership);
    fields.set("membership", best);
    fields.set("entropy", entropy);
  }
  return fields;
}

function words(name: string): string {
  if (name === "membership") return "Membership";
  return name === "entropy" ? "Entropy" : `${lineText(name)}, counts`;
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

interface RuleProps {
  readonly rule: GateRule;
  readonly data: Float32Array | undefined;
  readonly extent: readonly [number, number];
  change(rule: GateRule): void;
  remove(): void;
}

const BARS = 60;

function Rule({ rule, data, extent, change, remove }: RuleProps) {
  const bars = useMemo(() => (data === undefined ? new Uint32Array(BARS) : histogramOf(data, extent, BARS)), [data, extent]);
  const most = Math.log1p(bars.reduce((a, b) => Math.max(a, b), 1));
  const [least, greatest] = extent;
  const isIn = (bar: number): boolean => {
    const middle = least + ((bar + 0.5) / BARS) * (greatest - least);
    return middle >= rule.from && middle <= rule.to;
  };
  return (
    <div className={styles["rule"]}>
      <div className={styles["row"]}>
        <strong>{words(rule.name)}</strong>
        <span>
          {formatNumber(rule.from)} to {formatNumber(rule.to)}
        </span>
        <IconAction icon={IconX} label={`Remove the rule on ${words(rule.name)}`} onClick={remove} />
      </div>
      <svg viewBox={`0 0 ${BARS} 24`} preserveAspectRatio="none" className={styles["bars"]} aria-hidden="true">
        {Array.from(bars, (count, bar) => {
          const height = (24 * Math.log1p(count)) / most;
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are places
          return <rect key={bar} data-in={isIn(bar)} x={bar} y={24 - height} width={0.86} height={height} />;
        })}
      </svg>
      <RangeSlider
        size="xs"
        aria-label={`Limits of ${words(rule.name)}`}
        min={least}
        max={greatest}
        step={(greatest - least) / 200 || 1}
        minRange={0}
        label={null}
        value={[rule.from, rule.to]}
        onChange={([from, to]) => change({ ...rule, from, to })}
      />
    </div>
  );
}
