import { intensityScale, roundSteps, withDecimalSign } from "@sigma-eds/core";
import { useRef } from "react";
import { plotTextWidth } from "../canvas-layer.js";
import styles from "./chart.module.css";
import { useChartWidth } from "./use-chart-width.js";

export interface SpectrumLine {
  readonly name: string;
  /** NaN where there is none. */
  readonly values: ArrayLike<number>;
  /** CSS colour; default ink. */
  readonly colour?: string | undefined;
  readonly dashed?: boolean;
  /** Half the width of a band around it, in its unit. */
  readonly band?: ArrayLike<number> | undefined;
}

interface Props {
  readonly lines: readonly SpectrumLine[];
  readonly offset: number;
  readonly scale: number;
  readonly range: readonly [from: number, to: number];
  readonly height?: number;
  /** Energies below it; false in a stack, where the lowest has them for all. Default true. */
  readonly axis?: boolean;
  /** Logarithmic over four decades, square root from 0, or linear about 0. */
  readonly kind?: "log" | "sqrt" | "signed";
  readonly unit?: string;
  readonly description: string;
  /** Energies that carry a short name at the top. */
  readonly marks?: readonly { readonly kev: number; readonly name: string }[];
}

/** CSS pixels from left to right until the chart has a place. */
const USUAL_WIDTH = 640;
/** CSS pixels between labels of energies. */
const LABEL_EVERY = 64;
const LEFT = 46;
const BOTTOM = 20;
const BOTTOM_WITHOUT_AXIS = 3;
/** CSS pixels between labels of intensities. */
const TICK_EVERY = 15;
const DECADES = 1e-4;

/** Spectra in a small chart: log counts, or differences about zero. */
export function SpectrumLines({
  lines,
  offset,
  scale,
  range,
  height = 160,
  axis = true,
  kind = "log",
  unit = "",
  description,
  marks = [],
}: Props) {
  const chart = useRef<SVGSVGElement>(null);
  const width = useChartWidth(chart, USUAL_WIDTH);
  const [from, to] = range;
  const bottom = axis ? BOTTOM : BOTTOM_WITHOUT_AXIS;
  const first = Math.max(0, Math.ceil((from - offset) / scale));
  const last = Math.floor((to - offset) / scale);
  const shown = lines.map(({ values }) =>
    Array.from({ length: Math.max(0, Math.min(values.length - 1, last) - first + 1) }, (_, i) => values[first + i]!),
  );
  const most = shown.flat().reduce((largest, value) => (Math.abs(value) > largest ? Math.abs(value) : largest), 0) || 1;
  const intensity = intensityScale(kind === "sqrt" ? "sqrt" : "log", most * DECADES, most * (kind === "sqrt" ? 1.04 : 1.4));
  const position = (value: number): number =>
    kind === "signed" ? 0.5 + (0.5 * value) / (most * 1.05) : intensity.position(value);
  const x = (kev: number): number => LEFT + ((kev - from) / (to - from)) * (width - LEFT - 8);
  const y = (value: number): number => height - bottom - position(value) * (height - bottom - 6);
  const ticks =
    kind === "signed"
      ? [-1, 0, 1].map((sign) => ({
          value: sign * Number(most.toPrecision(1)),
          label: sign === 0 ? "0" : `${sign < 0 ? "−" : "+"}${Number(most.toPrecision(1))}`,
        }))
      : legible(
          intensity.ticks.filter(({ label }) => label !== ""),
          y,
        );
  const named = apart(marks, x);
  return (
    <svg ref={chart} className={styles["chart"]} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={description}>
      {ticks.map(({ value, label }) => (
        <g key={label}>
          <line className={styles["rule"]} x1={LEFT} x2={width - 8} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {withDecimalSign(label)}
          </text>
        </g>
      ))}
      {axis &&
        roundSteps(from, to, Math.min(16, Math.max(2, (width - LEFT) / LABEL_EVERY))).map((kev) => (
          <text key={kev} x={x(kev)} y={height - 4} textAnchor="middle">
            {x(kev) < width - 50 ? withDecimalSign(String(kev)) : ""}
          </text>
        ))}
      {axis && (
        <text x={width - 8} y={height - 4} textAnchor="end">
          {unit}
        </text>
      )}
      {marks
        .filter(({ kev }) => kev >= from && kev <= to)
        .map(({ kev, name }) => (
          <g key={`${name} ${kev}`}>
            <line className={styles["rule"]} x1={x(kev)} x2={x(kev)} y1={12} y2={height - bottom} />
            {named.has(kev) && (
              <text x={x(kev)} y={9} textAnchor="middle">
                {name}
              </text>
            )}
          </g>
        ))}
      {lines.map(({ name, colour, band }, i) =>
        band === undefined ? null : (
          <path
            key={`band ${name}`}
            className={styles["band"]}
            style={{ fill: colour }}
            d={outline(
              shown[i]!.map((value, c): [number, number, number] => [
                x(offset + (first + c) * scale),
                y(Math.max(0, value - (band[first + c] || 0))),
                y(value + (band[first + c] || 0)),
              ]),
            )}
          />
        ),
      )}
      {lines.map(({ name, colour, dashed = false }, i) => (
        <path
          key={name}
          className={dashed ? styles["second"] : styles["curve"]}
          style={{ stroke: colour }}
          d={shown[i]!.map((value, c, all) => {
            if (Number.isNaN(value)) return "";
            const begins = c === 0 || Number.isNaN(all[c - 1]);
            return `${begins ? "M" : "L"}${x(offset + (first + c) * scale).toFixed(1)} ${y(value).toFixed(1)}`;
          }).join("")}
        />
      ))}
    </svg>
  );
}

/** Ticks from the lowest up whose labels have room. */
function legible<T extends { readonly value: number }>(ticks: readonly T[], y: (value: number) => number): T[] {
  const kept: T[] = [];
  for (const tick of [...ticks].sort((a, b) => a.value - b.value)) {
    const last = kept.at(-1);
    if (last === undefined || y(last.value) - y(tick.value) >= TICK_EVERY) kept.push(tick);
  }
  return kept;
}

/** CSS pixels between names at the top. */
const NAME_GAP = 4;

/** Energies of the marks, in their order, whose names do not lie over the one before. */
function apart(marks: NonNullable<Props["marks"]>, x: (kev: number) => number): ReadonlySet<number> {
  const kept = new Set<number>();
  let end = Number.NEGATIVE_INFINITY;
  for (const { kev, name } of marks) {
    const half = plotTextWidth(name) / 2;
    if (x(kev) - half < end + NAME_GAP) continue;
    kept.add(kev);
    end = x(kev) + half;
  }
  return kept;
}

/** There along the upper edge, back along the lower one. */
function outline(points: readonly (readonly [x: number, lower: number, upper: number])[]): string {
  const place = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const there = points.map(([x, , upper]) => place(x, upper));
  const back = points.toReversed().map(([x, lower]) => place(x, lower));
  return points.length === 0 ? "" : `M${[...there, ...back].join("L")}z`;
}

/** Heights with which two charts, one below the other, fill `size` beside `text` CSS pixels of words: in the proportion of `least`, and no less than that. */
export function filledHeights(
  size: { readonly width: number; readonly height: number } | undefined,
  text: number,
  least: readonly [number, number],
): readonly [number, number] {
  if (size === undefined || size.width === 0) return least;
  const room = size.height - text;
  const [first, second] = least;
  const share = first / (first + second);
  return [Math.max(first, Math.floor(room * share)), Math.max(second, Math.floor(room * (1 - share)))];
}
