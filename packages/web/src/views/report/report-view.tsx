import { isSigmaError } from "@sigma-eds/core";
import { useMemo, useState } from "react";
import type { ViewProps } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { EmptyState } from "../../ui/empty-state.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { captionOf, figureAt, figureChoices } from "./figures.js";
import { pixelsAt, svgAtWidth } from "./picture-files.js";
import { rasterised } from "./rasterise.js";
import { journalWidthsMm, type PictureFormat, type ReportSpec, resolutions, widthLimitsMm } from "./report-spec.js";
import styles from "./report-view.module.css";

const formats: readonly { readonly value: PictureFormat; readonly label: string }[] = [
  { value: "svg", label: "SVG" },
  { value: "png", label: "PNG" },
  { value: "tiff", label: "TIFF" },
];
const mediaTypes = { svg: "image/svg+xml", png: "image/png", tiff: "image/tiff" } as const;
/** Journals ask for at least this. */
const LEAST_TEXT_PT = 5.5;

/** One figure at its size on paper, and the files that come of it: drawn by the same code as on the command line. */
export function ReportView({ session, spec, onSpec }: ViewProps<ReportSpec>) {
  const { image, analysis, actions } = session;
  const [problem, setProblem] = useState<string>();
  const choices = useMemo(
    () => (image === undefined || analysis === undefined ? [] : figureChoices(image, analysis)),
    [image, analysis],
  );
  const choice = choices.find(({ id }) => id === spec.figure) ?? choices[0];
  const drawn = useMemo(() => (choice === undefined ? undefined : figureAt(choice, spec.widthMm)), [choice, spec.widthMm]);
  if (image === undefined || analysis === undefined || choice === undefined || drawn === undefined) {
    return (
      <ViewFrame title="Figure">
        <EmptyState sentence="Nothing to draw yet. Find phases first." />
      </ViewFrame>
    );
  }
  const change = (part: Partial<ReportSpec>): void => onSpec({ ...spec, ...part });
  const save = async (): Promise<void> => {
    setProblem(undefined);
    try {
      const bytes =
        spec.format === "svg"
          ? svgAtWidth(drawn.svg, spec.widthMm)
          : await rasterised(drawn.svg, spec.widthMm, spec.dpi, spec.format);
      actions.download(`${choice.id}-${spec.widthMm}mm.${spec.format}`, bytes, mediaTypes[spec.format]);
    } catch (error) {
      if (!isSigmaError(error)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <ViewFrame
      title="Figure"
      controls={
        <Choice
          label="Figure"
          value={choice.id}
          choices={choices.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(figure) => change({ figure })}
        />
      }
    >
      <div className={styles["layout"]}>
        <div className={styles["page"]}>
          <img
            className={styles["paper"]}
            style={{ width: `${spec.widthMm}mm`, boxSizing: "content-box" }}
            alt={choice.title}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.svg)}`}
          />
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
              <p className={styles["hint"]}>{pixelsAt(spec.widthMm, spec.dpi).toLocaleString("en")} pixels wide</p>
            </div>
          )}
          <p className={styles["hint"]} data-warn={drawn.textPt < LEAST_TEXT_PT}>
            Text {drawn.textPt.toFixed(1)} pt at this width
            {drawn.textPt < LEAST_TEXT_PT && ": too small for most journals. Make it wider, or leave out the legend"}.
          </p>
          <label>
            Caption, as a start
            <textarea key={choice.id} defaultValue={captionOf(choice, image, analysis)} />
          </label>
          <TextButton look="primary" onClick={() => void save()}>
            Save figure
          </TextButton>
          {problem !== undefined && <p role="alert">{problem}</p>}
        </div>
      </div>
    </ViewFrame>
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
      <Choice label="Width on paper" value={String(widthMm)} choices={choices} onChange={(width) => onWidth(Number(width))} />
      <input
        key={widthMm}
        type="number"
        aria-label="Own width, mm"
        min={least}
        max={most}
        defaultValue={widthMm}
        onBlur={(event) => {
          const width = event.currentTarget.valueAsNumber;
          if (width >= least && width <= most) onWidth(width);
        }}
      />
    </div>
  );
}
