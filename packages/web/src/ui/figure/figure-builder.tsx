import { formatCount, formatNumber, isSigmaError } from "@sigma-eds/core";
import { useMemo, useState } from "react";
import type { Figure } from "../../session/figure.js";
import { figureAt } from "../../session/figures/paper-figure.js";
import { Choice } from "../choice.js";
import { Segmented } from "../segmented.js";
import { TextButton } from "../text-button.js";
import styles from "./figure-builder.module.css";
import { type FigureSpec, journalWidthsMm, type PictureFormat, resolutions, widthLimitsMm } from "./figure-spec.js";
import { pixelsAt, svgAtWidth } from "./picture-files.js";
import { rasterised } from "./rasterise.js";
import { type Vision, VisionFilters, visionFilter, visions } from "./vision-filters.js";

const formats: readonly { readonly value: PictureFormat; readonly label: string }[] = [
  { value: "svg", label: "SVG" },
  { value: "png", label: "PNG" },
  { value: "tiff", label: "TIFF" },
];
const mediaTypes = { svg: "image/svg+xml", png: "image/png", tiff: "image/tiff" } as const;
/** Journals ask for at least this. */
const LEAST_TEXT_PT = 5.5;

interface Props {
  readonly figure: Figure;
  readonly spec: FigureSpec;
  onSpec(spec: FigureSpec): void;
  /** Suggested; it is text to copy, and part of no file. */
  readonly caption: string;
  save(name: string, bytes: Uint8Array | string, mediaType: string): void;
}

/** A figure at its size on paper, and the file that comes of it: drawn by the same code as on the command line. */
export function FigureBuilder({ figure, spec, onSpec, caption, save }: Props) {
  const [problem, setProblem] = useState<string>();
  const [vision, setVision] = useState<Vision>("normal");
  const drawn = useMemo(() => figureAt(figure, spec.widthMm), [figure, spec.widthMm]);
  const change = (part: Partial<FigureSpec>): void => onSpec({ ...spec, ...part });
  const write = async (): Promise<void> => {
    setProblem(undefined);
    try {
      const bytes =
        spec.format === "svg"
          ? svgAtWidth(drawn.svg, spec.widthMm)
          : await rasterised(drawn.svg, spec.widthMm, spec.dpi, spec.format);
      save(`${figure.id}-${spec.widthMm}mm.${spec.format}`, bytes, mediaTypes[spec.format]);
    } catch (error) {
      if (!isSigmaError(error)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <div className={styles["layout"]}>
      <div className={styles["page"]}>
        <VisionFilters />
        <img
          className={styles["paper"]}
          style={{ width: `${spec.widthMm}mm`, filter: visionFilter(vision) }}
          alt={figure.title}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.svg)}`}
        />
        <div className={styles["vision"]}>
          <Segmented<Vision> label="Seen" value={vision} choices={visions} onChange={(seen) => setVision(seen)} />
        </div>
      </div>
      <div className={styles["builder"]}>
        <WidthField widthMm={spec.widthMm} onWidth={(widthMm) => change({ widthMm })} />
        <div className={styles["group"]}>
          <span>Format</span>
          <Segmented label="Format" value={spec.format} choices={formats} onChange={(format) => change({ format })} />
        </div>
        {spec.format !== "svg" && (
          <div className={styles["group"]}>
            <span>Dots per inch</span>
            <Segmented
              label="Dots per inch"
              value={String(spec.dpi)}
              choices={resolutions.map((dpi) => ({ value: String(dpi), label: String(dpi) }))}
              onChange={(dpi) => change({ dpi: Number(dpi) })}
            />
            <p className={styles["hint"]}>{formatCount(pixelsAt(spec.widthMm, spec.dpi))} pixels wide</p>
          </div>
        )}
        <p className={styles["hint"]} data-warn={drawn.textPt < LEAST_TEXT_PT}>
          Text {formatNumber(drawn.textPt, 2)} pt at this width
          {drawn.textPt < LEAST_TEXT_PT && ": too small for most journals. Make it wider"}.
        </p>
        <label>
          Caption, as a start
          <textarea key={caption} defaultValue={caption} />
        </label>
        <TextButton look="primary" onClick={() => void write()}>
          Save figure
        </TextButton>
        {problem !== undefined && <p role="alert">{problem}</p>}
      </div>
    </div>
  );
}

function WidthField({ widthMm, onWidth }: { readonly widthMm: number; onWidth(widthMm: number): void }) {
  const [least, most] = widthLimitsMm;
  const known = journalWidthsMm.some((width) => width === widthMm);
  const names: Readonly<Record<number, string>> = { 90: ", one column", 190: ", two columns" };
  const choices = [
    ...journalWidthsMm.map((width) => ({ value: String(width), label: `${width} mm${names[width] ?? ""}` })),
    ...(known ? [] : [{ value: String(widthMm), label: `${widthMm} mm` }]),
  ];
  return (
    <div className={styles["group"]}>
      <span>Width on paper</span>
      <div className={styles["width"]}>
        <Choice label="Width on paper" value={String(widthMm)} choices={choices} onChange={(width) => onWidth(Number(width))} />
        <input
          key={widthMm}
          type="number"
          aria-label="Own width, mm"
          title="Own width, mm"
          min={least}
          max={most}
          defaultValue={widthMm}
          onBlur={(event) => {
            const width = event.currentTarget.valueAsNumber;
            if (width >= least && width <= most) onWidth(width);
          }}
        />
      </div>
    </div>
  );
}
