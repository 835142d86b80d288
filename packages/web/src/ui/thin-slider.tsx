import { foldRank, useHeaderPart } from "./header/header-parts.js";
import styles from "./thin-slider.module.css";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is written beside the slider. */
  readonly text: string;
  readonly width?: number;
  /** Write the label before the slider; it is always read to screen readers. */
  readonly showLabel?: boolean;
  onChange(value: number): void;
}

/** A thin slider with its value beside it. A double click on the left or right third goes to that end. */
export function ThinSlider({ label, value, min, max, step, text, width = 72, showLabel = true, onChange }: Props) {
  const share = (value - min) / (max - min);
  const offered = [
    { title: `${label}: least`, words: "slider", run: () => onChange(min) },
    { title: `${label}: half`, words: "slider", run: () => onChange(min + step * Math.round((max - min) / 2 / step)) },
    { title: `${label}: most`, words: "slider", run: () => onChange(max) },
    { title: `${label}: less`, words: "slider", run: () => onChange(Math.max(min, value - (max - min) / 10)) },
    { title: `${label}: more`, words: "slider", run: () => onChange(Math.min(max, value + (max - min) / 10)) },
  ];
  const part = useHeaderPart(offered, { folds: foldRank.slider, list: label });
  return (
    <label {...part} className={styles["slider"]}>
      {showLabel && <span className="roomy">{label}</span>}
      <input
        type="range"
        aria-label={label}
        aria-valuetext={text}
        min={min}
        max={max}
        step={step}
        value={value}
        style={{ width, "--share": `${100 * share}%` } as React.CSSProperties}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        onDoubleClick={(event) => {
          const { left, width: wide } = event.currentTarget.getBoundingClientRect();
          const place = (event.clientX - left) / wide;
          if (place < 1 / 3) onChange(min);
          else if (place > 2 / 3) onChange(max);
        }}
      />
      <output>{text}</output>
    </label>
  );
}
