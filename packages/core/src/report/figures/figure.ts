/** What all figures share: size, type, tones, and the hooks by which a dark page recolours them. A figure alone is drawn for white paper. */
import { lineColour } from "../../pipeline/colours/palette.js";
import { type Attributes, type Child, element, type Markup } from "../markup.js";

/** Tones of text and lines, for paper. The class is `f-` and the name; a page may give it another colour. */
export const tones = { ink: "#17181a", ink2: "#55585c", ink3: "#65686c", rule: "#dededa" } as const;
export type Tone = keyof typeof tones;

/** Filled spectra on paper: what others are compared with. */
export const AREA_TONE = "#d3d3ce";

/** Ground of pictures, on paper and on screen. */
export const PICTURE_GROUND = "#0b0b0c";

const FONT = "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif";

export interface FigureFrame {
  readonly width: number;
  readonly height: number;
  /** One sentence that says what is to be seen, for people who do not see it. */
  readonly description: string;
}

/** A complete SVG document that may also stand inside HTML. Unit: CSS pixels. */
export function figure({ width, height, description }: FigureFrame, ...children: readonly Child[]): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": description,
      "font-family": FONT,
      "font-size": 11,
    },
    element("title", {}, description),
    ...children,
  ).markup;
}

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly tone?: Tone;
  readonly bold?: boolean;
  /** White letters with a dark rim, for text on pictures. */
  readonly onPicture?: boolean;
  /** A rim of the paper's colour, for text over lines and dots. */
  readonly halo?: boolean;
}

const paperRim: Attributes = { stroke: "#ffffff", "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };

/** A line of text; `y` is its baseline. */
export function text(content: string, x: number, y: number, style: TextStyle = {}): Markup {
  const { size, anchor, tone = "ink", bold = false, onPicture = false, halo = false } = style;
  const paint: Attributes = onPicture
    ? {
        fill: "#ffffff",
        stroke: "#0b0b0c",
        "stroke-width": 2.5,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        "stroke-opacity": "0.85",
      }
    : { class: `f-${tone}${halo ? " s-halo" : ""}`, fill: tones[tone], ...(halo ? paperRim : {}) };
  const place: Attributes = { x, y, "font-size": size, "text-anchor": anchor === "start" ? undefined : anchor };
  return element("text", { ...place, "font-weight": bold ? 600 : undefined, ...paint }, content);
}

/** A straight line. */
export function rule(x1: number, y1: number, x2: number, y2: number, tone: Tone = "rule", width = 1): Markup {
  return element("path", {
    d: `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`,
    class: `s-${tone}`,
    stroke: tones[tone],
    "stroke-width": width,
    fill: "none",
  });
}

/** A coordinate with one decimal, for long paths. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** A picture whose pixels stay squares at any size. */
export function pixels(uri: string, x: number, y: number, width: number, height: number): Markup {
  return element("image", {
    href: uri,
    x,
    y,
    width,
    height,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
    style: "image-rendering:pixelated",
  });
}

/** A line's colour on paper, and on a dark page by way of custom properties. */
export function strokeOf(colour: string | undefined): { stroke: string; class: string; style?: string } {
  if (colour === undefined) return { stroke: tones.ink, class: "s-ink" };
  const [light, dark] = [lineColour(colour, "light"), lineColour(colour, "dark")];
  return { stroke: light, class: "s-trace", style: `--light:${light};--dark:${dark}` };
}
