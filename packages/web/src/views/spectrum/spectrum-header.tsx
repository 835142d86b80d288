import { type IntensityScaleName, lineColour } from "@sigma-eds/core";
import { IconAtom2, IconPin, IconPinnedOff } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { Choice, type ChoiceItem } from "../../ui/choice.js";
import { foldRank, useHeaderPart } from "../../ui/header/header-parts.js";
import { Segmented, type SegmentedChoice } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { type Against, type Comparison, type IntensityUnit, isPinName, type SpectrumSpec } from "./spectrum-spec.js";
import styles from "./spectrum-view.module.css";
import { type Trace, unitNames } from "./traces.js";

interface Props {
  readonly spec: SpectrumSpec;
  readonly traces: readonly Trace[];
  readonly theme: "dark" | "light";
  readonly elements: number;
  readonly picking: boolean;
  onSpec(change: Partial<SpectrumSpec>): void;
  onPin(): void;
  onUnpin(index: number): void;
  onElements(): void;
}

const scales: readonly SegmentedChoice<IntensityScaleName>[] = [
  { value: "linear", label: "Linear", name: "Linear axis" },
  { value: "sqrt", label: "√", name: "Square root axis" },
  { value: "log", label: "Log", name: "Log axis", keys: "Y" },
];

const units = (["per-pixel", "total", "normalised"] as const).map((value: IntensityUnit) => ({ value, label: unitNames[value] }));

const comparisons: readonly ChoiceItem<Comparison>[] = [
  { value: "none", label: "No comparison" },
  { value: "difference", label: "Difference, σ", keys: "T" },
  { value: "ratio", label: "Ratio" },
];

/** What is drawn, as a legend that switches it, and how. */
export function SpectrumHeader(props: Props) {
  const { spec, traces, onSpec, onElements, elements, picking } = props;
  return (
    <>
      <Legend {...props} />
      <div className={styles["right"]}>
        <span className={styles["folding"]} data-folds-all={spec.comparison === "none" ? foldRank.icon : foldRank.choice}>
          <Choice
            label="Compare"
            value={spec.comparison}
            choices={comparisons}
            onChange={(comparison) => onSpec({ comparison })}
          />
        </span>
        {spec.comparison !== "none" && <AgainstChoice spec={spec} traces={traces} onSpec={onSpec} />}
        <span className={styles["folding"]} data-folds-all={foldRank.segments}>
          <Choice label="Unit" value={spec.unit} choices={units} onChange={(unit) => onSpec({ unit })} />
        </span>
        <Segmented label="Axis of intensity" value={spec.scale} choices={scales} onChange={(scale) => onSpec({ scale })} />
        <TextButton look="plain" label={`Elements ${elements}`} pressed={picking} keys="E" offered={false} onClick={onElements}>
          <IconAtom2 size={16} stroke={1.6} aria-hidden />
          <span className={styles["spare"]}>Elements</span> {elements}
        </TextButton>
      </div>
    </>
  );
}

function AgainstChoice({ spec, traces, onSpec }: Pick<Props, "spec" | "traces" | "onSpec">) {
  const classes = traces.filter(({ id }) => /^(class|pin) /.test(id) && id.startsWith("class"));
  const choices = [
    { value: "active", label: "Active class" },
    { value: "sum", label: "Sum" },
    ...spec.pins.map((pin, i) => {
      const name = traces.find(({ id }) => id === `pin ${i}`)?.name;
      return pin.kind === "class"
        ? { value: String(pin.id), label: name ?? `Class ${pin.id + 1}` }
        : { value: `pin ${i}`, label: name ?? pin.name };
    }),
  ];
  const { against } = spec;
  // The palette compares with any class.
  if (typeof against === "number" && !choices.some(({ value }) => value === String(against)))
    choices.push({
      value: String(against),
      label: traces.find(({ id }) => id === `class ${against}`)?.name ?? `Class ${against + 1}`,
    });
  const change = (value: string): void => {
    const against: Against = value === "active" || value === "sum" || isPinName(value) ? value : Number(value);
    onSpec({ against });
  };
  return classes.length === 0 && choices.length === 2 ? null : (
    <Choice label="Compare with" value={String(spec.against)} choices={choices} onChange={change} />
  );
}

function Legend({ spec, traces, theme, onSpec, onPin, onUnpin }: Props) {
  const named = traces.filter(({ id }) => id !== "sum" && id !== "maximum" && id !== "hovered").toReversed();
  return (
    <div className={styles["legend"]}>
      {named.map((trace) => (
        <LegendEntry key={trace.id} trace={trace} theme={theme} onPin={onPin} onUnpin={onUnpin} />
      ))}
      <Switch look="area" name="Sum" on={spec.sum} onSwitch={() => onSpec({ sum: !spec.sum })} />
      <span className={styles["folding"]} data-folds-all={spec.maximum ? foldRank.slider : foldRank.icon}>
        <Switch look="thin" name="Maximum" on={spec.maximum} onSwitch={() => onSpec({ maximum: !spec.maximum })} />
      </span>
    </div>
  );
}

function LegendEntry({ trace, theme, onPin, onUnpin }: { readonly trace: Trace } & Pick<Props, "theme" | "onPin" | "onUnpin">) {
  const { id, name, look, colour } = trace;
  const style = { "--trace": colour === undefined ? "var(--selected)" : lineColour(colour, theme) } as CSSProperties;
  const pin = /^pin (\d+)$/.exec(id);
  const act = pin === null ? "Pin" : "Unpin";
  const turn = (): void => (pin === null ? onPin() : onUnpin(Number(pin[1])));
  const part = useHeaderPart([{ title: `${act} ${name}`, run: turn }], { folds: foldRank.segments });
  const content = (
    <>
      <i className={styles["sample"]} data-look={look} style={style} />
      <span>{name}</span>
    </>
  );
  if (pin !== null) {
    return (
      <button
        {...part}
        type="button"
        className={styles["entry"]}
        title={`${act} ${name}`}
        aria-label={`${act} ${name}`}
        onClick={turn}
      >
        {content}
        <IconPinnedOff size={14} stroke={1.6} aria-hidden />
      </button>
    );
  }
  return (
    <button
      {...part}
      type="button"
      className={styles["entry"]}
      title={`${act} ${name}`}
      aria-label={`${act} ${name}`}
      aria-keyshortcuts="P"
      onClick={turn}
    >
      {content}
      {look === "line" && <IconPin size={14} stroke={1.6} aria-hidden />}
    </button>
  );
}

function Switch({ look, name, on, onSwitch }: { look: "area" | "thin"; name: string; on: boolean; onSwitch(): void }) {
  const style = { "--trace": "var(--text3)" } as CSSProperties;
  const title = `Show or hide ${name.toLowerCase()}`;
  const part = useHeaderPart([{ title, words: "trace", chosen: on, run: onSwitch }], {
    folds: foldRank.slider,
    entries: () => [{ label: name, chosen: on, run: onSwitch }],
  });
  return (
    <button {...part} type="button" className={styles["entry"]} data-on={on} aria-pressed={on} onClick={onSwitch}>
      <i className={styles["sample"]} data-look={look} style={style} />
      <span>{name}</span>
    </button>
  );
}
