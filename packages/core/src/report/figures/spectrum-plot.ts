import { element, type Markup } from "../markup.js";
import { type IntensityScale, type IntensityScaleName, intensityScale } from "../ticks.js";
import { AREA_TONE, figure, round, strokeOf } from "./figure.js";
import { LINE_NAMES, lineNames, type MarkedLine } from "./line-names.js";
import { AXIS_HEIGHT, countsAxis, energyAxis, type PlotArea } from "./spectrum-axes.js";
import { type SpectrumKey, spectrumKey } from "./spectrum-key.js";

export interface SpectrumTrace {
  readonly name: string;
  /** One value per channel, in the unit of the plot. */
  readonly values: ArrayLike<number>;
  /** `area` is filled grey, for what others are compared with; `line` is drawn over it. */
  readonly style: "area" | "line";
  /** `#rrggbb`; default ink. */
  readonly colour?: string | undefined;
}

export interface SpectrumPlot {
  readonly traces: readonly SpectrumTrace[];
  /** Energy at the middle of channel 0 and width of a channel, keV; `undefined` draws channel numbers and no lines. */
  readonly energy: { readonly offsetKev: number; readonly scaleKev: number } | undefined;
  /** Part that is shown: keV, or channels without calibration. */
  readonly from: number;
  readonly to: number;
  /** Nothing is drawn below this, for example the zero peak; in the unit of `from`. Default `from`. */
  readonly drawFrom?: number | undefined;
  readonly lines: readonly MarkedLine[];
  /** Over the axis of intensity. Default `Counts per pixel`. */
  readonly unit?: string | undefined;
  /** Default `log`. */
  readonly scale?: IntensityScaleName | undefined;
  /** Bottom of a logarithmic axis. Default: a ten-thousandth of the top. */
  readonly floor?: number | undefined;
  /** CSS pixels. Default 1000 x 240. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly description: string;
}

const LEFT = 46;
const RIGHT = 10;

interface Layout extends PlotArea {
  readonly plot: SpectrumPlot;
  readonly key: SpectrumKey;
  readonly scale: IntensityScale;
}

/** Spectra over an energy axis, with X-ray lines named in one row above them. */
export function spectrumFigure(plot: SpectrumPlot): string {
  const layout = layoutOf(plot);
  const { width = 1000, height = 240, description } = plot;
  return figure(
    { width, height, description },
    layout.key.markup,
    plot.traces.filter(({ style }) => style === "area").map((trace) => areaPath(layout, trace)),
    countsAxis(layout, layout.scale),
    energyAxis(layout, plot.from, plot.to, plot.energy === undefined ? "Channel" : "Energy (keV)"),
    plot.energy === undefined ? undefined : lineNames(plot.lines, layout, plot.from, plot.to),
    plot.traces.filter(({ style }) => style === "line").map((trace) => linePath(layout, trace)),
  );
}

function layoutOf(plot: SpectrumPlot): Layout {
  const { width = 1000, height = 240, from, to } = plot;
  const labelled = plot.energy !== undefined && plot.lines.length > 0;
  const [left, right, bottom] = [LEFT, width - RIGHT, height - AXIS_HEIGHT];
  const key = spectrumKey(plot.unit ?? "Counts per pixel", plot.traces, right);
  const top = key.height + (labelled ? LINE_NAMES : 8);
  const most = largestShown(plot);
  const headroom = plot.scale === "linear" || plot.scale === "sqrt" ? 1.08 : 1.6;
  const scale = intensityScale(plot.scale ?? "log", plot.floor ?? most * 1e-4, Math.max(most * headroom, (plot.floor ?? 0) * 10));
  return {
    plot,
    key,
    left,
    right,
    top,
    bottom,
    scale,
    x: (energy) => left + ((energy - from) / (to - from)) * (right - left),
    y: (value) => bottom - scale.position(value) * (bottom - top),
  };
}

/** First and last channel that lie inside the part shown. */
function channelsShown({ energy, from, to, drawFrom = from }: SpectrumPlot, channels: number): [first: number, last: number] {
  const channel = (value: number): number => (energy === undefined ? value : (value - energy.offsetKev) / energy.scaleKev);
  return [Math.max(0, Math.ceil(channel(drawFrom) - 1e-9)), Math.min(channels - 1, Math.floor(channel(to) + 1e-9))];
}

function largestShown(plot: SpectrumPlot): number {
  let most = 0;
  for (const { values } of plot.traces) {
    const [first, last] = channelsShown(plot, values.length);
    for (let c = first; c <= last; c++) most = Math.max(most, values[c]!);
  }
  return most > 0 ? most : 1;
}

function points({ plot, x, y }: Layout, values: ArrayLike<number>): { first: number; last: number; path: string } {
  const [first, last] = channelsShown(plot, values.length);
  const energyOf = (c: number): number => (plot.energy === undefined ? c : plot.energy.offsetKev + c * plot.energy.scaleKev);
  const parts: string[] = [];
  for (let c = first; c <= last; c++) parts.push(`${round(x(energyOf(c)))} ${round(y(values[c]!))}`);
  return { first: x(energyOf(first)), last: x(energyOf(last)), path: parts.join("L") };
}

function areaPath(layout: Layout, { values }: SpectrumTrace): Markup {
  const { path, first, last } = points(layout, values);
  const d = `M${round(first)} ${round(layout.bottom)}L${path}L${round(last)} ${round(layout.bottom)}z`;
  return element("path", { d, class: "f-area", fill: AREA_TONE });
}

function linePath(layout: Layout, { values, colour }: SpectrumTrace): Markup {
  const { path } = points(layout, values);
  const stroke = strokeOf(colour);
  return element("path", { d: `M${path}`, fill: "none", "stroke-width": 1.2, "stroke-linejoin": "round", ...stroke });
}
