import { formatCount, formatNumber, type Histogram, roundSteps } from "@sigma-eds/core";
import { type PointerEvent, useRef, useState } from "react";
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
  /** A range was dragged over, to select its pixels. */
  onRange?: ((from: number, to: number) => void) | undefined;
}

const USUAL_WIDTH = 340;
const BOTTOM = 16;
const ZERO = 10;
/** Half of what a letter of a number takes: numbers at the ends are moved in, so that they are not cut off. */
const HALF_LETTER = 3.4;

/** How values are spread. Heights are square roots of the counts, so that rare values are seen. Drag over a range to select it, or choose it with the arrow keys. */
export function HistogramChart({ histogram: { edges, counts }, selected, zeros = 0, name, height = 84, onRange }: Props) {
  const surface = useRef<SVGSVGElement>(null);
  const width = useChartWidth(surface, USUAL_WIDTH);
  const [drag, setDrag] = useState<readonly [number, number]>();
  const left = zeros > 0 ? ZERO + 4 : 0;
  const [from, to] = [edges[0]!, edges.at(-1)!];
  const most = Math.sqrt(counts.reduce((largest, count) => Math.max(largest, count), Math.max(1, zeros)));
  const x = (value: number): number => left + ((value - from) / (to - from)) * (width - left);
  const tall = (count: number): number => (Math.sqrt(count) / most) * (height - BOTTOM - 2);
  const bars = (values: ArrayLike<number>): string =>
    Array.from(counts, (_, i) => {
      const bar = tall(values[i]!);
      return bar === 0
        ? ""
        : `M${x(edges[i]!).toFixed(1)} ${height - BOTTOM}v${(-bar).toFixed(1)}H${x(edges[i + 1]!).toFixed(1)}v${bar.toFixed(1)}z`;
    }).join("");
  const valueAt = (event: PointerEvent): number => {
    const box = surface.current?.getBoundingClientRect();
    const share = box === undefined ? 0 : (event.clientX - box.left) / box.width;
    return from + ((share * width - left) / (width - left)) * (to - from);
  };
  const keys = useRangeKeys(edges, onRange);
  const end = (event: PointerEvent): void => {
    if (drag === undefined) return;
    const last = valueAt(event);
    if (drag[0] !== last) onRange?.(Math.min(drag[0], last), Math.max(drag[0], last));
    setDrag(undefined);
  };
  return (
    <svg
      ref={surface}
      className={styles["chart"]}
      viewBox={`0 0 ${width} ${height}`}
      role={onRange === undefined ? "img" : "application"}
      aria-roledescription={onRange === undefined ? undefined : "histogram"}
      aria-label={`${name}: ${formatNumber(from)} to ${formatNumber(to)}${zeros > 0 ? `, ${formatCount(zeros)} zero` : ""}${onRange === undefined ? "" : ". Arrows choose a bar, Shift and arrows more of them, Enter selects their pixels."}`}
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
        <rect className={styles["bar"]} data-zero x={0} y={height - BOTTOM - tall(zeros)} width={ZERO} height={tall(zeros)} />
      )}
      <path className={styles["bar"]} d={bars(counts)} />
      {selected !== undefined && <path className={styles["lit"]} d={bars(selected)} />}
      {drag !== undefined && (
        <rect
          x={x(Math.min(...drag))}
          y={0}
          width={Math.abs(x(drag[1]) - x(drag[0]))}
          height={height - BOTTOM}
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
          height={height - BOTTOM}
          fill="var(--accent)"
          opacity={0.25}
        />
      )}
      <line className={styles["axis"]} x1={0} x2={width} y1={height - BOTTOM} y2={height - BOTTOM} />
      {roundSteps(from, to, 4).map((value) => {
        const words = formatNumber(value, 3);
        const half = Math.max(8, words.length * HALF_LETTER);
        return (
          <text key={value} x={Math.min(width - half, Math.max(half, x(value)))} y={height - 3} textAnchor="middle">
            {words}
          </text>
        );
      })}
    </svg>
  );
}
