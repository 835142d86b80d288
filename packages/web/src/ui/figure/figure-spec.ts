/** How a figure is saved: settings of the dialog and of the figure builder. */

export type PictureFormat = "svg" | "png" | "tiff";

export interface FigureSpec {
  readonly widthMm: number;
  readonly dpi: number;
  readonly format: PictureFormat;
}

export const journalWidthsMm = [84, 90, 120, 140, 174, 190] as const;
export const resolutions = [300, 600, 1000] as const;
export const defaultFigureSpec: FigureSpec = { widthMm: 90, dpi: 600, format: "tiff" };
/** Narrower or wider is no figure. */
export const widthLimitsMm = [20, 500] as const;

export function parseFigureSpec(saved: unknown): FigureSpec {
  const { widthMm, dpi, format } = (typeof saved === "object" && saved !== null ? saved : {}) as Readonly<
    Record<string, unknown>
  >;
  const standard = defaultFigureSpec;
  const [least, most] = widthLimitsMm;
  return {
    widthMm: typeof widthMm === "number" && widthMm >= least && widthMm <= most ? widthMm : standard.widthMm,
    dpi: resolutions.find((known) => known === dpi) ?? standard.dpi,
    format: (["svg", "png", "tiff"] as const).find((known) => known === format) ?? standard.format,
  };
}
