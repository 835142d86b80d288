import { type Axis, type CalibrationPreview, formatFixed, lineText, normaliseLineName } from "@sigma-eds/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Choice } from "../../ui/choice.js";
import { IconAction } from "../../ui/icon-action.js";
import { NumberField } from "../../ui/number-field.js";
import panel from "../../ui/panel/panel.module.css";
import { TextButton } from "../../ui/text-button.js";
import { byNumbers, type Draft, type SaidPeak } from "./calibration-draft.js";
import styles from "./calibration-view.module.css";

interface Props {
  readonly draft: Draft;
  /** Of the file. */
  readonly axis: Axis;
  onDraft(draft: Draft): void;
}

/** Offset and channel width as numbers; what is left empty stays as the file has it. */
export function AxisNumbers({ draft, axis, onDraft }: Props) {
  const inFile = (value: number | undefined, factor: number): string =>
    value === undefined || axis.units !== "keV" ? "not in the file" : `${Number((factor * value).toFixed(4))}, as in the file`;
  return (
    <div className={styles["numbers"]}>
      <NumberField
        label="Offset"
        unit="keV"
        value={draft.offsetKev}
        decimals={6}
        minimum={-50}
        maximum={50}
        otherwise={inFile(axis.offset, 1)}
        onChange={(offsetKev) => onDraft({ ...draft, offsetKev })}
      />
      <NumberField
        label="Channel width"
        unit="eV"
        value={draft.scaleKev === undefined ? undefined : 1000 * draft.scaleKev}
        decimals={6}
        minimum={0.01}
        maximum={1000}
        otherwise={inFile(axis.scale, 1000)}
        onChange={(scaleEv) => onDraft({ ...draft, scaleKev: scaleEv === undefined ? undefined : scaleEv / 1000 })}
      />
    </div>
  );
}

interface PeaksProps extends Props {
  readonly preview: CalibrationPreview;
}

/** Peaks that a person says are lines: one shifts the axis, two and more stretch it, too. */
export function SaidPeaks({ draft, axis, preview, onDraft }: PeaksProps) {
  const scale = byNumbers(axis, draft.offsetKev, draft.scaleKev);
  if (scale === undefined)
    return <p className={panel["hint"]}>Give offset and channel width; then peaks can be said to be lines.</p>;
  const change = (at: number, peak: SaidPeak | undefined): void =>
    onDraft({ ...draft, peaks: draft.peaks.flatMap((one, i) => (i === at ? (peak ?? []) : one)) });
  const free = preview.peaks.filter(({ channel }) => draft.peaks.every((peak) => Math.abs(peak.channel - channel) > 0.5));
  const strongest = free.reduce<(typeof free)[number] | undefined>(
    (best, peak) => (best === undefined || peak.counts > best.counts ? peak : best),
    undefined,
  );
  const isMatch = (channel: number) => (match: { readonly channel: number; readonly by: string; readonly name: string }) =>
    match.by === "spectrum" && match.name !== "zero" && Math.abs(match.channel - channel) < 0.5;
  const guess = (channel: number): string => preview.report.peaks.find(isMatch(channel))?.name ?? "";
  return (
    <div className={styles["peaks"]}>
      {draft.peaks.map((peak, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a peak is its place in the list
        <div key={at} className={styles["peak"]}>
          <Choice
            label={`Peak ${at + 1}`}
            value={String(nearestOf(preview, peak.channel))}
            choices={[...preview.peaks.map(({ channel }) => channel), ...(isThere(preview, peak.channel) ? [] : [peak.channel])]
              .sort((a, b) => a - b)
              .map((channel) => ({
                value: String(channel),
                label: `Peak at ${formatFixed(scale.offset + scale.scale * channel, 3)} keV`,
              }))}
            onChange={(value) => change(at, { ...peak, channel: Number(value) })}
          />
          <span>is</span>
          <LineField line={peak.line} name={`Line of peak ${at + 1}`} onLine={(line) => change(at, { ...peak, line })} />
          <IconAction icon={IconX} size={14} label={`Take away peak ${at + 1}`} onClick={() => change(at, undefined)} />
        </div>
      ))}
      <div className={panel["row"]}>
        <TextButton
          unavailable={strongest === undefined ? "Every peak is said already." : undefined}
          onClick={() =>
            strongest !== undefined &&
            onDraft({
              ...draft,
              peaks: [...draft.peaks, { channel: strongest.channel, line: guess(strongest.channel) || "Si_Ka" }],
            })
          }
        >
          Say which line a peak is
        </TextButton>
      </div>
    </div>
  );
}

/** A place counts as that of a peak within this many channels. */
const SAME = 1e-6;

function isThere({ peaks }: CalibrationPreview, channel: number): boolean {
  return peaks.some((peak) => Math.abs(peak.channel - channel) < SAME);
}

function nearestOf({ peaks }: CalibrationPreview, channel: number): number {
  return peaks.find((peak) => Math.abs(peak.channel - channel) < SAME)?.channel ?? channel;
}

interface LineFieldProps {
  readonly line: string;
  readonly name: string;
  onLine(line: string): void;
}

function LineField({ line, name, onLine }: LineFieldProps) {
  const [problem, setProblem] = useState(false);
  const take = (text: string): void => {
    const known = normaliseLineName(text);
    setProblem(known === undefined);
    if (known !== undefined && known !== line) onLine(known);
  };
  return (
    <span className={styles["said"]}>
      <input
        key={line}
        aria-label={name}
        aria-invalid={problem}
        defaultValue={lineText(line)}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") take(event.currentTarget.value);
        }}
      />
      {problem && (
        <small className={panel["error"]} role="alert">
          No such line.
        </small>
      )}
    </span>
  );
}
