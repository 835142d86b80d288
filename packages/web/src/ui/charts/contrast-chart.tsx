import { formatCount, formatNumber } from "@sigma-eds/core";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useRef, useState } from "react";
import { barsOver, type RankedValues, valueAtPercentile } from "../raster/ranked-values.js";
import styles from "./contrast-chart.module.css";
import { endAfterKey, nearerEnd, type RangeEnd, type ValueRange, withEndAt } from "./range-handles.js";
import { useChartWidth } from "./use-chart-width.js";

interface Props {
  /** `Fe Kα` */
  readonly name: string;
  /** `counts`; empty for shares. */
  readonly unit: string;
  readonly values: RankedValues;
  /** Values that have the first and the last colour. */
  readonly range: ValueRange;
  /** What is said of an end beside its value: `percentile 99.5`. */
  readonly endWords: readonly [low: string, high: string];
  /** A CSS gradient from the first to the last colour. */
  readonly ramp: string;
  /** Left out: the ends stay where they are. */
  onRange?: ((range: ValueRange, end: RangeEnd) => void) | undefined;
}

const USUAL_WIDTH = 300;
const BARS = 58;
const RAMP = 7;
const HEIGHT = BARS + RAMP + 24;
/** Half of the grip that is taken hold of. */
const GRIP = 5;
const LETTER = 6.2;
/** Pixels beyond these are too few to give room to, unless an end lies there. */
const SEEN = [0.01, 99.99] as const;
const MOST_BARS = 75;
const STEPS = 200;

/** How the values of a map are spread (heights are square roots), and two ends between which its colours run: dragged, or moved by the arrow keys. */
export function ContrastChart({ name, unit, values, range, endWords, ramp, onRange }: Props) {
  const surface = useRef<SVGSVGElement>(null);
  const width = useChartWidth(surface, USUAL_WIDTH);
  const [held, setHeld] = useState<RangeEnd>();
  const [low, high] = range;
  const seen = seenRange(values, range);
  const [least, most] = seen;
  const bars = useMemo(() => barsOver(values, [least, most], MOST_BARS), [values, least, most]);
  const [from, to] = bars.range;
  const x = (value: number): number => ((value - from) / (to - from || 1)) * width;
  const extent: ValueRange = [Math.min(low, values.sorted[0] ?? 0), Math.max(high, values.sorted.at(-1) ?? 1)];
  const step = values.isWhole ? Math.max(1, Math.round((to - from) / STEPS)) : (to - from) / STEPS;
  const move = (end: RangeEnd, value: number): void => {
    const there = values.isWhole ? Math.round(value) : value;
    const next = withEndAt(range, end, there, { extent, step: values.isWhole ? 1 : step });
    if (next[0] !== low || next[1] !== high) onRange?.(next, end);
  };
  const valueAt = (event: PointerEvent): number => {
    const box = surface.current?.getBoundingClientRect();
    return box === undefined ? low : from + ((event.clientX - box.left) / box.width) * (to - from);
  };
  const press = (end: RangeEnd) => (event: KeyboardEvent) => {
    const next = endAfterKey(end === "low" ? low : high, event, { extent, step });
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(end, next);
  };
  const inside = useId();
  const path = barsPath(bars, x);
  const texts = placedTexts([valueText(low, unit), valueText(high, unit)], [x(low), x(high)], width);
  const handles = (["low", "high"] as const).map((end, i) => ({ end, value: range[i]!, words: endWords[i]!, at: x(range[i]!) }));
  return (
    <svg
      ref={surface}
      className={styles["chart"]}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      data-moves={onRange !== undefined}
      onPointerDown={(event) => {
        if (onRange === undefined) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const end = nearerEnd(range, valueAt(event));
        setHeld(end);
        move(end, valueAt(event));
      }}
      onPointerMove={(event) => held !== undefined && move(held, valueAt(event))}
      onPointerUp={() => setHeld(undefined)}
      onPointerCancel={() => setHeld(undefined)}
    >
      <title>{`${name}: how ${formatCount(values.sorted.length)} pixels are spread`}</title>
      <clipPath id={inside}>
        <rect x={x(low)} width={Math.max(0, x(high) - x(low))} height={BARS} />
      </clipPath>
      <path className={styles["bars"]} data-outside d={path} />
      <path className={styles["bars"]} d={path} clipPath={`url(#${inside})`} />
      <foreignObject x={x(low)} y={BARS} width={Math.max(1, x(high) - x(low))} height={RAMP} aria-hidden>
        <div className={styles["ramp"]} style={{ background: ramp }} />
      </foreignObject>
      {handles.map(({ end, value, words, at }) =>
        onRange === undefined ? (
          <line key={end} className={styles["line"]} x1={at} x2={at} y1={0} y2={BARS + RAMP} />
        ) : (
          <g
            key={end}
            className={styles["handle"]}
            role="slider"
            tabIndex={0}
            aria-label={`${name}: ${end === "low" ? "first" : "last"} colour at`}
            aria-valuemin={end === "low" ? extent[0] : low}
            aria-valuemax={end === "low" ? high : extent[1]}
            aria-valuenow={value}
            aria-valuetext={`${valueText(value, unit)}, ${words}`}
            onKeyDown={press(end)}
          >
            <rect className={styles["hit"]} x={at - 12} y={0} width={24} height={BARS + RAMP + 4} />
            <line className={styles["line"]} x1={at} x2={at} y1={0} y2={BARS + RAMP} />
            <path className={styles["grip"]} d={`M${at} ${BARS - 1}l${GRIP} ${GRIP}v${GRIP + 3}h${-2 * GRIP}v${-GRIP - 3}z`} />
          </g>
        ),
      )}
      {texts.map(({ text, at }, i) => (
        <text key={i === 0 ? "low" : "high"} x={at} y={HEIGHT - 3} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  );
}

function valueText(value: number, unit: string): string {
  const one = value === 1 ? unit.replace(/counts$/, "count") : unit;
  return unit === "" ? formatNumber(value) : `${formatNumber(value)} ${one}`;
}

function seenRange(values: RankedValues, [low, high]: ValueRange): ValueRange {
  const [least, most] = SEEN.map((percentile) => valueAtPercentile(values, percentile));
  return [Math.min(low, least!), Math.max(high, most!)];
}

/** Under their ends, moved apart where they would touch, and in from the edges. */
function placedTexts(texts: readonly [string, string], at: readonly [number, number], width: number) {
  const half = texts.map((text) => (text.length * LETTER) / 2);
  const needed = half[0]! + half[1]! + 8;
  const push = Math.max(0, needed - (at[1] - at[0])) / 2;
  const first = Math.max(half[0]!, Math.min(at[0] - push, width - half[1]! - needed));
  const second = Math.min(width - half[1]!, Math.max(at[1] + push, first + needed));
  return [
    { text: texts[0], at: Math.min(first, second - needed) },
    { text: texts[1], at: second },
  ];
}

function barsPath({ counts, count, range: [from, to] }: ReturnType<typeof barsOver>, x: (value: number) => number): string {
  const most = Math.sqrt(counts.reduce((a, b) => Math.max(a, b), 1));
  const edge = (i: number): string => x(from + (i * (to - from)) / count).toFixed(1);
  return counts
    .map((pixels, i) => {
      const tall = ((BARS - 2) * Math.sqrt(pixels)) / most;
      return pixels === 0 ? "" : `M${edge(i)} ${BARS}v${(-tall).toFixed(1)}H${edge(i + 1)}v${tall.toFixed(1)}z`;
    })
    .join("");
}
