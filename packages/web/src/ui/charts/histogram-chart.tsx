import { countAxis, formatCount, formatNumber, type Histogram, type ValueScale, valueAxis } from "@sigma-eds/core";
import { type PointerEvent, useRef, useState } from "react";
import type { HeldKeys } from "../plane/outline-gesture.js";
import styles from "./chart.module.css";
import { useChartWidth } from "./use-chart-width.js";
import { useRangeKeys } from "./use-range-keys.js";

interface Props {
  readonly histogram: Histogram;
  /** The same bins of the selected pixels, drawn over it. */
  readonly selected?: ArrayLike<number> | undefined;
  /** Values that are exactly zero, as a bar of their own at the left. */
  readonly zeros?: number | undefined;
  readonly name: string;
  readonly height?: number;
  /** Of the values; a logarithmic axis needs edges above 0. Default linear. */
  readonly scale?: ValueScale | undefined;
  /** What the values are, with their unit, and what is counted: written at axes with numbers on both. Default: numbers at the values alone. */
  readonly titles?: { readonly x: string; readonly y: string } | undefined;
  /** A range was dragged over, to select its pixels, with these keys held. */
  onRange?: ((from: number, to: number, keys: HeldKeys) => void) | undefined;
}

const USUAL_WIDTH = 340;
const BOTTOM = 16;
/** Room of the title below the numbers, and of the one above the bars with half a number below it. */
const TITLE = 16;
const TITLE_ABOVE = 22;
/** Width of a number that a tick of a value has to itself. */
const TICK_ROOM = 56;
const ZERO = 10;
/** Half of what a letter of a number takes: numbers at the ends are moved in, so that they are not cut off. */
const HALF_LETTER = 3.4;

/** How values are spread. Heights are square roots of the counts, so that rare values are seen. Drag over a range to select it, or choose it with the arrow keys. */
export function HistogramChart(props: Props) {
  const { selected, zeros = 0, name, height = 84, scale = "linear", titles, onRange } = props;
  const { edges, counts } = props.histogram;
  const surface = useRef<SVGSVGElement>(null);
  const width = useChartWidth(surface, USUAL_WIDTH);
  const [drag, setDrag] = useState<readonly [number, number]>();
  const [from, to] = [edges[0]!, edges.at(-1)!];
  const most = counts.reduce((largest, count) => Math.max(largest, count), Math.max(1, zeros));
  const rows = countAxis("sqrt", most);
  const left = (zeros > 0 ? ZERO + 4 : 0) + (titles === undefined ? 0 : roomOf(rows.ticks));
  const columns = valueAxis(scale, from, to, Math.max(4, Math.floor((width - left) / TICK_ROOM)));
  const top = titles === undefined ? 2 : TITLE_ABOVE;
  const base = height - BOTTOM - (titles === undefined ? 0 : TITLE);
  const x = (value: number): number => left + columns.share(value) * (width - left);
  const tall = (count: number): number => rows.share(count) * (base - top);
  const bars = (values: ArrayLike<number>): string =>
    Array.from(counts, (_, i) => {
      const bar = tall(values[i]!);
      return bar === 0
        ? ""
        : `M${x(edges[i]!).toFixed(1)} ${base}v${(-bar).toFixed(1)}H${x(edges[i + 1]!).toFixed(1)}v${bar.toFixed(1)}z`;
    }).join("");
  const valueAt = (event: PointerEvent): number => {
    const box = surface.current?.getBoundingClientRect();
    const share = box === undefined ? 0 : (event.clientX - box.left) / box.width;
    return columns.value((share * width - left) / (width - left));
  };
  const keys = useRangeKeys(edges, onRange);
  const end = (event: PointerEvent): void => {
    if (drag === undefined) return;
    const last = valueAt(event);
    if (drag[0] !== last) onRange?.(Math.min(drag[0], last), Math.max(drag[0], last), event);
    setDrag(undefined);
  };
  return (
    <svg
      ref={surface}
      className={styles["chart"]}
      viewBox={`0 0 ${width} ${height}`}
      role={onRange === undefined ? "img" : "application"}
      aria-roledescription={onRange === undefined ? undefined : "histogram"}
      aria-label={`${name}: ${formatNumber(from)} to ${formatNumber(to)}${zeros > 0 ? `, ${formatCount(zeros)} zero` : ""}${onRange === undefined ? "" : ". Arrows choose a bar, Shift and arrows more of them, Enter selects their pixels, with Shift in addition, with Alt away."}`}
      tabIndex={onRange === undefined ? undefined : 0}
      onKeyDown={keys.press}
      onBlur={keys.leave}
      style={{ touchAction: onRange === undefined ? undefined : "none", cursor: onRange === undefined ? undefined : "crosshair" }}
      onPointerDown={(event) => {
        if (onRange === undefined) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag([valueAt(event), valueAt(event)]);
      }}
      onPointerMove={(event) => drag !== undefined && setDrag([drag[0], valueAt(event)])}
      onPointerUp={end}
    >
      {zeros > 0 && (
        <rect className={styles["bar"]} data-zero x={left - ZERO - 4} y={base - tall(zeros)} width={ZERO} height={tall(zeros)} />
      )}
      <path className={styles["bar"]} d={bars(counts)} />
      {selected !== undefined && <path className={styles["lit"]} d={bars(selected)} />}
      {drag !== undefined && (
        <rect
          x={x(Math.min(...drag))}
          y={0}
          width={Math.abs(x(drag[1]) - x(drag[0]))}
          height={base}
          fill="var(--accent)"
          opacity={0.25}
        />
      )}
      {keys.range !== undefined && (
        <rect
          data-cursor
          x={x(keys.range[0])}
          y={0}
          width={x(keys.range[1]) - x(keys.range[0])}
          height={base}
          fill="var(--accent)"
          opacity={0.25}
        />
      )}
      <line className={styles["axis"]} x1={titles === undefined ? 0 : left} x2={width} y1={base} y2={base} />
      {columns.ticks.map((value) => {
        const words = formatNumber(value, 3);
        const half = Math.max(8, words.length * HALF_LETTER);
        return (
          <text key={value} x={Math.min(width - half, Math.max(half, x(value)))} y={base + 13} textAnchor="middle">
            {words}
          </text>
        );
      })}
      {titles !== undefined && (
        <>
          {rows.ticks.map((count) => (
            <text key={count} x={left - 6} y={base - tall(count) + 4} textAnchor="end">
              {formatCount(count)}
            </text>
          ))}
          <text x={0} y={11}>{`${titles.y}, square-root axis`}</text>
          <text x={width} y={height - 3} textAnchor="end">
            {titles.x}
          </text>
        </>
      )}
    </svg>
  );
}

/** Of numbers beside the bars. */
function roomOf(ticks: readonly number[]): number {
  return 8 + Math.max(...ticks.map((count) => 2 * HALF_LETTER * formatCount(count).length));
}
