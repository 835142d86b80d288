import { formatNumber, roundSteps } from "@sigma-eds/core";
import { useRef } from "react";
import styles from "./chart.module.css";
import { useChartWidth } from "./use-chart-width.js";

export interface ChartCurve {
  readonly name: string;
  readonly y: ArrayLike<number>;
  readonly look?: "curve" | "second";
}

interface Props {
  readonly x: readonly number[];
  readonly curves: readonly ChartCurve[];
  readonly xName: string;
  readonly yName: string;
  /** Ringed; a value of `x`. */
  readonly chosen?: number | undefined;
  readonly points?: boolean;
  /** For people who do not see it. */
  readonly description: string;
  /** A point was clicked, to try its value. */
  onTry?: ((x: number) => void) | undefined;
}

const USUAL_WIDTH = 480;
const HEIGHT = 220;
const LEFT = 58;
const RIGHT = 14;
const TOP = 20;
const BOTTOM = 36;

/** Curves over a common axis: loss, BIC, scree, stability. The chosen value is ringed. */
export function LineChart({ x, curves, xName, yName, chosen, points = true, description, onTry }: Props) {
  const chart = useRef<SVGSVGElement>(null);
  const width = useChartWidth(chart, USUAL_WIDTH);
  const [fromX, toX] = widened(x);
  const [fromY, toY] = widened(curves.flatMap(({ y }) => Array.from(y).filter(Number.isFinite)));
  const placeX = (value: number): number => LEFT + ((value - fromX) / (toX - fromX)) * (width - LEFT - RIGHT);
  const placeY = (value: number): number => HEIGHT - BOTTOM - ((value - fromY) / (toY - fromY)) * (HEIGHT - TOP - BOTTOM);
  const path = (y: ArrayLike<number>): string =>
    x.map((value, i) => `${i === 0 ? "M" : "L"}${placeX(value).toFixed(1)} ${placeY(y[i]!).toFixed(1)}`).join("");
  const main = curves[0]?.y ?? [];
  const at = chosen === undefined ? -1 : x.indexOf(chosen);
  return (
    <svg
      ref={chart}
      className={styles["chart"]}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role={onTry === undefined ? "img" : "group"}
      aria-label={description}
    >
      <text x={0} y={11}>
        {yName}
      </text>
      {roundSteps(fromY, toY, 5).map((value) => (
        <g key={value}>
          <line className={styles["rule"]} x1={LEFT} x2={width - RIGHT} y1={placeY(value)} y2={placeY(value)} />
          <text x={LEFT - 6} y={placeY(value) + 4} textAnchor="end">
            {formatNumber(value, 5)}
          </text>
        </g>
      ))}
      {roundSteps(fromX, toX, 8).map((value) => (
        <text key={value} x={placeX(value)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
          {formatNumber(value, 6)}
        </text>
      ))}
      <line className={styles["axis"]} x1={LEFT} x2={width - RIGHT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <text x={width - RIGHT} y={HEIGHT - 3} textAnchor="end">
        {xName}
      </text>
      {curves.toReversed().map(({ name, y, look = "curve" }) => (
        <path key={name} className={styles[look]} d={path(y)} />
      ))}
      {points &&
        x.map((value, i) => <circle key={value} className={styles["point"]} cx={placeX(value)} cy={placeY(main[i]!)} r={2.2} />)}
      {at >= 0 && (
        <>
          <circle className={styles["chosen"]} cx={placeX(x[at]!)} cy={placeY(main[at]!)} r={6} />
          <text className={styles["strong"]} x={placeX(x[at]!)} y={placeY(main[at]!) - 11} textAnchor="middle">
            chosen: {formatNumber(x[at]!, 6)}
          </text>
        </>
      )}
      {onTry !== undefined &&
        x.map((value, i) => (
          // biome-ignore lint/a11y/useSemanticElements: a point of a drawing
          <circle
            key={value}
            className={styles["hit"]}
            cx={placeX(value)}
            cy={placeY(main[i]!)}
            r={12}
            role="button"
            tabIndex={0}
            aria-label={`Try ${formatNumber(value, 6)}`}
            onClick={() => onTry(value)}
            onKeyDown={(event) => event.key === "Enter" && onTry(value)}
          />
        ))}
    </svg>
  );
}

function widened(values: readonly number[]): [from: number, to: number] {
  const from = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const to = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (from > to) return [0, 1];
  const margin = to > from ? (to - from) * 0.05 : Math.max(1, Math.abs(to)) * 0.05;
  return [from - margin, to + margin];
}
