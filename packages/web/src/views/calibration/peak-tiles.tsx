import { type Axis, type CalibrationPreview, formatFixed, fwhmKev, isEnergyCalibrated, roundSteps } from "@sigma-eds/core";
import { useRef } from "react";
import chart from "../../ui/charts/chart.module.css";
import { useChartWidth } from "../../ui/charts/use-chart-width.js";
import { type LineRow, peakText, signed, strongest } from "./calibration-lines.js";
import styles from "./calibration-view.module.css";

interface Props {
  readonly rows: readonly LineRow[];
  /** Float64 [channels]. */
  readonly spectrum: Float64Array;
  /** Of the file. */
  readonly axis: Axis;
  readonly preview: CalibrationPreview;
}

const MOST = 6;

/** The sum spectrum around the strongest lines, where it lies now (dim) and where it would (bright), with the energy of the line as a mark. */
export function PeakTiles({ rows, spectrum, axis, preview }: Props) {
  const { energyAxis, report } = preview;
  const isChanged = axis.offset !== energyAxis.offset || axis.scale !== energyAxis.scale;
  return (
    <div className={styles["tiles"]}>
      {strongest(rows, MOST).map((row) => (
        <figure key={row.name} className={styles["tile"]}>
          <figcaption>
            <b>{peakText(row.name)}</b>
            <span>{formatFixed(row.trueKev, 3)} keV</span>
            <span className={styles["moved"]}>{movedText(row, isChanged)}</span>
          </figcaption>
          <Tile
            row={row}
            spectrum={spectrum}
            before={isChanged ? axis : undefined}
            after={energyAxis}
            resolutionEv={report.resolution?.resolutionEv}
          />
        </figure>
      ))}
    </div>
  );
}

function movedText({ beforeEv, afterEv, errorEv }: LineRow, isChanged: boolean): string {
  const after = `${signed(afterEv)}${errorEv === undefined ? "" : ` ± ${formatFixed(errorEv, 1)}`} eV`;
  return isChanged && beforeEv !== undefined ? `${signed(beforeEv)} → ${after}` : after;
}

interface TileProps {
  readonly row: LineRow;
  readonly spectrum: Float64Array;
  /** Undefined: nothing is moved. */
  readonly before: Axis | undefined;
  readonly after: Axis;
  readonly resolutionEv: number | undefined;
}

const USUAL_WIDTH = 200;
const HEIGHT = 104;
const BOTTOM = 16;
const TOP = 4;
/** Widths of the peak that are seen at both sides of it. */
const REACH = 1.7;
/** Of the counts in the picture, above the highest channel. */
const AIR = 1.08;

function Tile({ row, spectrum, before, after, resolutionEv }: TileProps) {
  const place = useRef<SVGSVGElement>(null);
  const width = useChartWidth(place, USUAL_WIDTH);
  const { trueKev, beforeEv = 0, afterEv = 0 } = row;
  const half = REACH * fwhmKev(trueKev, resolutionEv) + Math.max(Math.abs(before ? beforeEv : 0), Math.abs(afterEv)) / 1000;
  const [from, to] = [trueKev - half, trueKev + half];
  const curves = [before, after].map((axis) => (axis === undefined ? [] : within(spectrum, axis, from, to)));
  const counts = curves.flat().map(([, value]) => value);
  const [most, least] = [Math.max(1, ...counts), Math.min(...counts, Number.POSITIVE_INFINITY)];
  const floor = Math.max(0, least - 0.08 * (most - least));
  const x = (kev: number): number => ((kev - from) / (to - from)) * width;
  const y = (value: number): number => HEIGHT - BOTTOM - ((value - floor) / (AIR * (most - floor))) * (HEIGHT - BOTTOM - TOP);
  const points = (curve: readonly (readonly [number, number])[]): string =>
    curve.map(([kev, value]) => `${x(kev).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const [dim = [], bright = []] = curves;
  return (
    <svg ref={place} className={chart["chart"]} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={tileWords(row, before)}>
      <clipPath id={`within-${row.name}`}>
        <rect width={width} height={HEIGHT} />
      </clipPath>
      <line className={chart["rule"]} x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      <g clipPath={`url(#within-${row.name})`}>
        {bright.length > 1 && (
          <polygon
            className={styles["filled"]}
            points={`${x(bright[0]![0])},${HEIGHT - BOTTOM} ${points(bright)} ${x(bright.at(-1)![0])},${HEIGHT - BOTTOM}`}
          />
        )}
        <polyline className={styles["dim"]} points={points(dim)} />
        <polyline className={chart["curve"]} points={points(bright)} />
        <line className={styles["mark"]} x1={x(trueKev)} x2={x(trueKev)} y1={0} y2={HEIGHT - BOTTOM} />
      </g>
      {roundSteps(from, to, 3)
        .filter((kev) => x(kev) > 14 && x(kev) < width - 14)
        .map((kev) => (
          <text key={kev} x={x(kev)} y={HEIGHT - 3} textAnchor="middle">
            {formatFixed(kev, 1)}
          </text>
        ))}
    </svg>
  );
}

/** Channels between two energies and their counts, one more at each end. */
function within(spectrum: Float64Array, axis: Axis, from: number, to: number): (readonly [kev: number, counts: number])[] {
  if (!isEnergyCalibrated(axis)) return [];
  const { offset, scale } = axis;
  const first = Math.max(0, Math.floor((from - offset) / scale));
  const last = Math.min(spectrum.length - 1, Math.ceil((to - offset) / scale));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => [offset + scale * (first + i), spectrum[first + i]!]);
}

function tileWords({ name, beforeEv, afterEv }: LineRow, before: Axis | undefined): string {
  const was = before === undefined || beforeEv === undefined ? "" : `, ${signed(beforeEv)} eV before`;
  return `Peak of ${peakText(name)}: ${signed(afterEv)} eV from its line${was}.`;
}
