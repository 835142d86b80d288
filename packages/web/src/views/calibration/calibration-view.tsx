import {
  type CalibrateEntry,
  type CalibrationPreview,
  canonicalJson,
  isEnergyCalibrated,
  parseRecipe,
  type StepId,
  steps,
} from "@sigma-eds/core";
import { useMemo, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { workRefusal } from "../../session/refusals.js";
import { staleSteps } from "../../session/stale-steps.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { OfferedAsContext } from "../../ui/host.js";
import { withLineWords } from "../../ui/line-words.js";
import { NumberField } from "../../ui/number-field.js";
import panel from "../../ui/panel/panel.module.css";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import { AxisTable, withError } from "./axis-table.js";
import { AxisNumbers, SaidPeaks } from "./by-hand.js";
import {
  calibrationIn,
  type Draft,
  draftOf,
  entryOf,
  fileEntry,
  isCalibrated,
  type Way,
  withCalibration,
} from "./calibration-draft.js";
import { lineRows, linesTable } from "./calibration-lines.js";
import type { CalibrationSpec } from "./calibration-spec.js";
import styles from "./calibration-view.module.css";
import { DeviationChart } from "./deviation-chart.js";
import { calibrationFigures } from "./export-calibration.js";
import { AddLine, LineList } from "./line-list.js";
import { PeakTiles } from "./peak-tiles.js";
import { useCalibrationPreview } from "./use-calibration-preview.js";

const TITLE = "Calibration";

const ways: readonly { readonly value: Way; readonly label: string }[] = [
  { value: "file", label: "As in the file" },
  { value: "lines", label: "Fit to lines" },
  { value: "hand", label: "By hand" },
];

/** Energies of the channels: as the file has them, and what a calibration would make of them, seen before it is applied. */
export function CalibrationView({ session, spec, onSpec }: ViewProps<CalibrationSpec>) {
  const { image, recipe } = session;
  if (image === undefined || image.sumSpectrum.length === 0 || !image.sumSpectrum.some((count) => count > 0)) {
    return (
      <ViewFrame title={TITLE}>
        <EmptyState sentence={image === undefined ? "No file is open." : "There are no spectra to calibrate."} />
      </ViewFrame>
    );
  }
  const beside = `${image.sha256} ${image.dataset} ${canonicalJson(calibrationIn(recipe))}`;
  const kept = spec.tried?.of === beside ? spec.tried.draft : undefined;
  const keep = (draft: Draft): void => onSpec({ tried: { of: beside, draft } });
  return <Trial key={beside} session={session} image={image} kept={kept} onDraft={keep} />;
}

interface Props {
  readonly session: ViewSession;
  readonly image: LoadedImage;
}

interface TrialProps extends Props {
  /** What was tried when the view was last shown. */
  readonly kept: Draft | undefined;
  onDraft(draft: Draft): void;
}

function Trial({ session, image, kept, onDraft }: TrialProps) {
  const { recipe } = session;
  const axis = image.energyAxis;
  const inRecipe = useMemo(() => draftOf(recipe, axis), [recipe, axis]);
  const [draft, setOwn] = useState(kept ?? inRecipe);
  const setDraft = (next: Draft): void => {
    setOwn(next);
    onDraft(next);
  };
  const entry = useMemo(() => entryOf(draft, recipe, axis), [draft, recipe, axis]);
  const { preview, failure, isLate } = useCalibrationPreview(session, entry);
  const rows = useMemo(() => (preview === undefined ? [] : lineRows(preview, draft, axis)), [preview, draft, axis]);
  const unavailable = rows.length === 0 ? "No lines are known yet." : undefined;
  const tables: OfferedTable[] = [{ id: "calibration", title: "Lines", unavailable, make: () => linesTable(rows) }];
  const figures =
    preview === undefined || rows.length === 0
      ? []
      : calibrationFigures(rows, image.sumSpectrum, preview.energyAxis, isMoved(preview, image));
  const choose = (way: Way): void => setDraft({ ...draft, way });
  return (
    <ViewFrame
      title={TITLE}
      tables={tables}
      actions={
        <ExportMenu
          items={[
            {
              label: "Figures (SVG, PNG, TIFF)...",
              unavailable: figures.length === 0 ? "No lines are known yet." : undefined,
              run: () => session.actions.exportFigure(...figures),
            },
          ]}
        />
      }
    >
      <div className={styles["layout"]}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <div className={styles["scroll"]} tabIndex={0} aria-busy={isLate} data-late={isLate}>
          <div className={styles["head"]}>
            <OfferedAsContext value={TITLE}>
              <Segmented label="Energies" value={draft.way} choices={ways} onChange={choose} />
            </OfferedAsContext>
            {preview !== undefined && (
              <AxisTable preview={preview} rows={rows} draft={draft} detector={image.metadata.detector} />
            )}
            <Settings preview={preview} draft={draft} axis={axis} onDraft={setDraft} />
            {failure !== undefined && (
              <p className={panel["error"]} role="alert">
                {failure}
              </p>
            )}
            {preview !== undefined && <Warnings preview={preview} draft={draft} />}
          </div>
          <div className={styles["lines"]}>
            {preview !== undefined && isEnergyCalibrated(preview.energyAxis) && (
              <LineList rows={rows} draft={draft} onDraft={setDraft} />
            )}
            {draft.way === "lines" && (
              <>
                <AddLine rows={rows} draft={draft} onDraft={setDraft} />
                <Tolerance draft={draft} onDraft={setDraft} />
              </>
            )}
          </div>
          {preview !== undefined && rows.length > 0 && (
            <div className={styles["pictures"]}>
              <h3>
                Peaks, off their lines <Key preview={preview} image={image} />
              </h3>
              <DeviationChart rows={rows} isChanged={isMoved(preview, image)} />
              <h3>Sum spectrum around the strongest lines</h3>
              <PeakTiles rows={rows} spectrum={image.sumSpectrum} axis={axis} preview={preview} />
            </div>
          )}
        </div>
        <ApplyBar
          session={session}
          image={image}
          entry={entry}
          isTried={!isSame(entry, calibrationIn(recipe))}
          onBack={() => setDraft(inRecipe)}
        />
      </div>
    </ViewFrame>
  );
}

function isSame(a: CalibrateEntry | undefined, b: CalibrateEntry | undefined): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isMoved({ energyAxis }: CalibrationPreview, { energyAxis: before }: LoadedImage): boolean {
  return before.scale !== undefined && (before.offset !== energyAxis.offset || before.scale !== energyAxis.scale);
}

/** Which is before and which after; nothing where there is but one. */
function Key({ preview, image }: { readonly preview: CalibrationPreview; readonly image: LoadedImage }) {
  if (!isMoved(preview, image)) return null;
  return (
    <span className={styles["key"]}>
      <i data-kind="before" /> in the file <i data-kind="after" /> then, ± one standard error
    </span>
  );
}

interface SettingsProps {
  readonly preview: CalibrationPreview | undefined;
  readonly draft: Draft;
  readonly axis: LoadedImage["energyAxis"];
  onDraft(draft: Draft): void;
}

/** What the chosen way asks for. */
function Settings({ preview, draft, axis, onDraft }: SettingsProps) {
  const hasNumbers = draft.way === "hand" || (draft.way === "lines" && draft.startsByHand);
  const measured = preview?.report.resolution;
  return (
    <>
      {hasNumbers && <AxisNumbers draft={draft} axis={axis} onDraft={onDraft} />}
      {draft.way === "hand" && preview !== undefined && (
        <SaidPeaks draft={draft} axis={axis} preview={preview} onDraft={onDraft} />
      )}
      {(measured !== undefined || draft.takesResolution) && (
        <label className={styles["use"]}>
          <input
            type="checkbox"
            checked={draft.takesResolution}
            onChange={(event) => onDraft({ ...draft, takesResolution: event.currentTarget.checked })}
          />
          {resolutionWords(measured)}
        </label>
      )}
      {draft.way === "file" && !isEnergyCalibrated(axis) && (
        <p className={panel["hint"]}>The file states no energies. Give them by hand; a fit to lines can begin there.</p>
      )}
    </>
  );
}

function Tolerance({ draft, onDraft }: Pick<SettingsProps, "draft" | "onDraft">) {
  return (
    <NumberField
      inline
      label="Peaks are looked for within ±"
      unit="eV"
      value={1000 * draft.toleranceKev}
      decimals={3}
      minimum={5}
      maximum={1000}
      onChange={(ev) => ev !== undefined && onDraft({ ...draft, toleranceKev: ev / 1000 })}
    />
  );
}

function resolutionWords(measured: CalibrationPreview["report"]["resolution"]): string {
  if (measured === undefined) return "Take the resolution that the widths of peaks give";
  const peaks = measured.peaks.length === 1 ? "the width of 1 peak gives" : `the widths of ${measured.peaks.length} peaks give`;
  return `Take the resolution that ${peaks}: ${withError(measured.resolutionEv, measured.errorEv, 1)}\u00A0eV`;
}

/** What the search warns of, where its result is to be used. */
function Warnings({ preview: { findings }, draft }: { readonly preview: CalibrationPreview; readonly draft: Draft }) {
  const warnings = draft.way === "lines" ? findings.filter(({ severity }) => severity === "warning") : [];
  return warnings.map(({ message }) => (
    <p key={message} className={panel["sentence"]} role="status">
      {withLineWords(message)}
    </p>
  ));
}

interface ApplyProps extends Props {
  readonly entry: CalibrateEntry | undefined;
  /** It is not what the recipe says. */
  readonly isTried: boolean;
  onBack(): void;
}

/** What applying would do, the button that does it, and the ways back. */
function ApplyBar({ session, image, entry, isTried, onBack }: ApplyProps) {
  const { recipe, actions } = session;
  const busy = workRefusal(session);
  const apply = (next: CalibrateEntry | undefined, sentence: string): void =>
    actions.changeRecipe((now) => withCalibration(now, next), sentence);
  const axis = image.energyAxis;
  return (
    <div className={styles["bar"]}>
      <p role="status">{sentenceOf(session, entry, isTried)}</p>
      <OfferedAsContext value={TITLE}>
        {isTried && (
          <TextButton look="plain" onClick={onBack}>
            Back to the recipe's
          </TextButton>
        )}
        {isCalibrated(recipe, axis) && (
          <TextButton look="plain" unavailable={busy} onClick={() => apply(fileEntry(recipe, axis), "Energies as in the file")}>
            Back to the file's energies
          </TextButton>
        )}
        <TextButton
          look="primary"
          label="Apply this calibration"
          unavailable={isTried ? busy : "The recipe has it so already."}
          onClick={() => apply(entry, "Calibrated the energies")}
        >
          Apply
        </TextButton>
      </OfferedAsContext>
    </div>
  );
}

function sentenceOf({ recipe, analysis, stale }: ViewSession, entry: CalibrateEntry | undefined, isTried: boolean): string {
  const titles = (ids: readonly string[]): string =>
    [...new Set(ids)]
      .filter((id) => id !== "calibrate")
      .map((id) => (steps[id as StepId]?.title ?? id).toLowerCase())
      .join(", ");
  if (isTried) {
    const then = staleSteps(parseRecipe(withCalibration(recipe, entry)), analysis?.recipe);
    return then.length === 0 ? "Not applied yet." : `Not applied yet. Out of date then: ${titles(then)}.`;
  }
  const standing =
    entry === undefined ? "The recipe keeps the energies of the file." : "The recipe begins with this calibration.";
  if (stale.length > 0) return `${standing} Out of date until phases are found again: ${titles(stale)}.`;
  return analysis === undefined && entry !== undefined ? `${standing} It takes effect when phases are found.` : standing;
}
