import { formatFixed, formatNumber, roundSteps } from "@sigma-eds/core";
import { useRef } from "react";
import chart from "../../ui/charts/chart.module.css";
import { useChartWidth } from "../../ui/charts/use-chart-width.js";
import { type LineRow, peakText, rootMeanSquare, signed } from "./calibration-lines.js";
import styles from "./calibration-view.module.css";

interface Props {
  readonly rows: readonly LineRow[];
  /** False where nothing is changed: then only what is is drawn. */
  readonly isChanged: boolean;
}

const USUAL_WIDTH = 480;
const HEIGHT = 150;
const LEFT = 40;
const RIGHT = 10;
const TOP = 18;
const BOTTOM = 22;
/** What is seen at both sides of zero, at the least, eV. */
const LEAST = 5;

/** How far each peak lies from its line over the energies: before (rings) and after (dots with their errors). An offset lifts all alike, a wrong channel width tilts them. */
export function DeviationChart({ rows, isChanged }: Props) {
  const place = useRef<SVGSVGElement>(null);
  const width = useChartWidth(place, USUAL_WIDTH);
  const seen = rows.filter(({ channel }) => channel !== undefined);
  const befores = seen.flatMap(({ trueKev, beforeEv }) => (beforeEv === undefined ? [] : [{ trueKev, beforeEv }]));
  const ends = seen.flatMap(({ beforeEv = 0, afterEv = 0, errorEv = 0 }) => [beforeEv, afterEv - errorEv, afterEv + errorEv]);
  const [least, most] = [Math.min(-LEAST, ...ends), Math.max(LEAST, ...ends)];
  const air = 0.08 * (most - least);
  const highest = seen.reduce((largest, { trueKev }) => Math.max(largest, trueKev), 1) * 1.06;
  const lowest = Math.min(0, ...seen.map(({ trueKev }) => trueKev)) - 0.03 * highest;
  const x = (kev: number): number => LEFT + ((kev - lowest) / (highest - lowest)) * (width - LEFT - RIGHT);
  const y = (ev: number): number => TOP + ((most + air - ev) / (most - least + 2 * air)) * (HEIGHT - TOP - BOTTOM);
  return (
    <svg
      ref={place}
      className={chart["chart"]}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={description(seen, isChanged)}
    >
      <text x={0} y={10}>
        eV
      </text>
      {roundSteps(least - air, most + air, 4).map((ev) => (
        <g key={ev}>
          <line className={ev === 0 ? chart["axis"] : chart["rule"]} x1={LEFT} x2={width - RIGHT} y1={y(ev)} y2={y(ev)} />
          <text x={LEFT - 6} y={y(ev) + 4} textAnchor="end">
            {signed(ev, 0)}
          </text>
        </g>
      ))}
      {roundSteps(Math.max(0, lowest), highest, Math.max(3, width / 80)).map((kev) => (
        <text key={kev} x={x(kev)} y={HEIGHT - 4} textAnchor="middle">
          {x(kev) < width - 44 ? formatNumber(kev, 6) : ""}
        </text>
      ))}
      <text x={width - RIGHT} y={HEIGHT - 4} textAnchor="end">
        keV
      </text>
      {isChanged && befores.length > 1 && (
        <polyline className={chart["second"]} points={befores.map((at) => `${x(at.trueKev)},${y(at.beforeEv)}`).join(" ")} />
      )}
      {isChanged &&
        befores.map(({ trueKev, beforeEv }) => (
          <circle key={trueKev} className={styles["before"]} cx={x(trueKev)} cy={y(beforeEv)} r={3.2} />
        ))}
      {seen.map(({ name, trueKev, afterEv = 0, errorEv = 0, isUsed }) => (
        <g key={name} className={styles["after"]} data-used={isUsed || !isChanged}>
          <title>{`${peakText(name)}: ${signed(afterEv)} eV`}</title>
          <line x1={x(trueKev)} x2={x(trueKev)} y1={y(afterEv - errorEv)} y2={y(afterEv + errorEv)} />
          <circle cx={x(trueKev)} cy={y(afterEv)} r={3.2} />
        </g>
      ))}
    </svg>
  );
}

function description(rows: readonly LineRow[], isChanged: boolean): string {
  const off = (values: readonly (number | undefined)[]): string => formatFixed(rootMeanSquare(values) ?? Number.NaN, 1);
  const after = off(rows.map(({ afterEv }) => afterEv));
  const before = isChanged ? `${off(rows.map(({ beforeEv }) => beforeEv))} eV before, ${after} eV after` : `${after} eV`;
  return `Distance of ${rows.length} peaks from their lines, root mean square: ${before}.`;
}
