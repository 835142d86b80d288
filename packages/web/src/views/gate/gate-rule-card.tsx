import { RangeSlider } from "@mantine/core";
import { histogram } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { IconAction } from "../../ui/icon-action.js";
import { NumberField } from "../../ui/number-field.js";
import { type Bins, binsOver } from "../../worker/value-bins.js";
import { fieldText, type GateField, limitDecimals } from "./gate-fields.js";
import styles from "./gate-panel.module.css";
import { type GateRule, isBinIn } from "./gate-rules.js";

interface Props {
  readonly rule: GateRule;
  readonly field: GateField;
  change(rule: GateRule): void;
  remove(): void;
}

const MOST_BARS = 60;
const STEPS = 200;
/** Of the picture of the bars. */
const HEIGHT = 24;

/** Two limits of one value: moved over its histogram, or typed. */
export function GateRuleCard({ rule, field, change, remove }: Props) {
  const { extent, isWhole, title } = field;
  const [least, most] = extent;
  const bins = useMemo(() => binsOver(extent, isWhole, MOST_BARS), [extent, isWhole]);
  const limits = { decimals: limitDecimals(field), minimum: least, maximum: most, unit: field.unit };
  return (
    <fieldset className={styles["rule"]} aria-label={fieldText(field)}>
      <div className={styles["row"]}>
        <strong>{fieldText(field)}</strong>
        <IconAction icon={IconX} label={`Remove the rule on ${fieldText(field)}`} onClick={remove} />
      </div>
      <Bars bins={bins} rule={rule} field={field} />
      <RangeSlider
        size="xs"
        aria-label={`Limits of ${fieldText(field)}`}
        min={least}
        max={most}
        step={isWhole ? 1 : (most - least) / STEPS || 1}
        minRange={0}
        label={null}
        value={[rule.from, rule.to]}
        onChange={([from, to]) => change({ ...rule, from, to })}
      />
      <div className={styles["limits"]}>
        <NumberField
          label="At least"
          name={`${title} at least`}
          {...limits}
          value={rule.from}
          onChange={(from = least) => change({ ...rule, from, to: Math.max(from, rule.to) })}
        />
        <NumberField
          label="At most"
          name={`${title} at most`}
          {...limits}
          value={rule.to}
          onChange={(to = most) => change({ ...rule, to, from: Math.min(to, rule.from) })}
        />
      </div>
    </fieldset>
  );
}

interface BarsProps {
  readonly bins: Bins;
  readonly rule: GateRule;
  readonly field: GateField;
}

function Bars({ bins, rule, field: { data, isWhole } }: BarsProps) {
  const { counts } = useMemo(() => histogram(data, bins.count, bins.range), [data, bins]);
  const most = Math.log1p(counts.reduce((a, b) => Math.max(a, b), 1));
  return (
    <svg viewBox={`0 0 ${counts.length} ${HEIGHT}`} preserveAspectRatio="none" className={styles["bars"]} aria-hidden="true">
      {Array.from(counts, (count, bin) => {
        const height = (HEIGHT * Math.log1p(count)) / most;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are places
            key={bin}
            data-in={isBinIn(bins, bin, rule, isWhole)}
            x={bin}
            y={HEIGHT - height}
            width={0.86}
            height={height}
          />
        );
      })}
    </svg>
  );
}
