/** Canvases that are sharp on every screen, and the colours of the theme for them. */

/** Sizes a canvas in CSS pixels and gives its context, cleared, with CSS pixels as units. Undefined where there is no 2D context. */
export function canvasLayer(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext("2d") ?? undefined;
  if (canvas === null || context === undefined) return undefined;
  const density = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

export interface PlotColours {
  readonly panel: string;
  readonly raised: string;
  readonly raised2: string;
  readonly line: string;
  readonly line2: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly accent: string;
  readonly warn: string;
  /** What is selected: white on dark, black on light. */
  readonly selected: string;
  readonly theme: "dark" | "light";
}

const names = ["panel", "raised", "raised2", "line", "line2", "text", "text2", "text3", "accent", "warn", "selected"] as const;

/** The tokens as they are at an element now. */
export function plotColours(element: Element): PlotColours {
  const style = getComputedStyle(element);
  const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#888888"]));
  const theme = document.documentElement.dataset["theme"] === "light" ? "light" : "dark";
  return { ...(colours as Readonly<Record<(typeof names)[number], string>>), theme };
}

export const PLOT_FONT = '11px "Inter Variable", system-ui, sans-serif';

let measuring: CanvasRenderingContext2D | null | undefined;

/** Width of a text in the font of plots, CSS pixels. */
export function plotTextWidth(text: string): number {
  measuring ??= document.createElement("canvas").getContext("2d");
  if (measuring === null) return text.length * 6.5;
  measuring.font = PLOT_FONT;
  return measuring.measureText(text).width;
}
