/** Words on pictures: white with a dark halo, readable on every colour. */

export interface HaloStyle {
  readonly size: number;
  readonly weight?: 400 | 600 | undefined;
  readonly align?: CanvasTextAlign | undefined;
  /** Ink and halo; default white on black. */
  readonly ink?: string | undefined;
  readonly halo?: string | undefined;
}

/** Draws a text with its baseline's middle at (x, y). */
export function haloText(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  { size, weight = 600, align = "left", ink = "#ffffff", halo = "rgb(0 0 0 / 75%)" }: HaloStyle,
): void {
  context.font = `${weight} ${size}px "Inter Variable", system-ui, sans-serif`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}
