import { formatNumber } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { figure, rule, text, tones } from "./figure.js";

/** Mean of each element map in a class beside that of the whole field: for data without spectra. */
export interface MapProfile {
  /** As they shall be read, one per bar. */
  readonly names: readonly string[];
  readonly values: ArrayLike<number>;
  /** Of the whole field; grey. */
  readonly mean?: ArrayLike<number> | undefined;
  /** Value at full height, per map: maps need not have a common unit. */
  readonly most: ArrayLike<number>;
  /** `#rrggbb`. Default: ink. */
  readonly colour?: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

const TOP = 20;
const BOTTOM = 22;
const WIDEST_SLOT = 84;

/** One bar per map, its value above it; the grey bar behind is the mean of the whole field. */
export function mapProfileFigure(profile: MapProfile): string {
  const { names, width, height, description } = profile;
  const slot = Math.min(WIDEST_SLOT, width / Math.max(1, names.length));
  return figure(
    { width, height, description },
    names.map((name, i) => bar(profile, i, slot * (i + 0.5), slot, name)),
    rule(0, height - BOTTOM, slot * names.length, height - BOTTOM, "ink3", 0.75),
  );
}

function bar({ values, mean, most, colour, height }: MapProfile, i: number, middle: number, slot: number, name: string): Markup {
  const room = height - TOP - BOTTOM;
  const lengthOf = (value: number): number => (most[i]! > 0 ? Math.max(0, Math.min(1, value / most[i]!)) * room : 0);
  const box = (length: number, share: number, paint: Readonly<Record<string, string>>): Markup =>
    element("rect", {
      x: middle - (slot * share) / 2,
      y: height - BOTTOM - length,
      width: slot * share,
      height: length,
      ...paint,
    });
  const own = lengthOf(values[i]!);
  const behind = mean === undefined ? 0 : lengthOf(mean[i]!);
  return fragment(
    mean === undefined ? undefined : box(behind, 0.74, { class: "f-bar", fill: "#c4c4bf", "fill-opacity": "0.55" }),
    box(own, 0.36, colour === undefined ? { class: "f-ink", fill: tones.ink } : { fill: colour }),
    slot < 30
      ? undefined
      : text(formatNumber(values[i]!), middle, height - BOTTOM - Math.max(own, behind) - 5, {
          size: 10,
          anchor: "middle",
          tone: "ink3",
        }),
    text(name, middle, height - 6, { size: slot < 44 ? 9 : 11, anchor: "middle", tone: "ink2" }),
  );
}
