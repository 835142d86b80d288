import { formatFixed, lineText, type MeasuredPeak, type PeakCandidate } from "@sigma-eds/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { TextButton } from "../../ui/text-button.js";
import { candidateReason, distanceText } from "./candidate-words.js";
import styles from "./peak-card.module.css";
import type { Place } from "./plot-geometry.js";

export const PEAK_CARD = { width: 328, height: 190 } as const;
const SHOWN = 4;

interface Props {
  readonly peak: MeasuredPeak;
  /** In which spectrum: `in the selection`. */
  readonly where: string;
  readonly candidates: readonly PeakCandidate[];
  /** Elements that are marked. */
  readonly marked: readonly string[];
  readonly place: Place;
  /** Marks the line, or unmarks its element where that is marked. */
  onMark(line: PeakCandidate["line"]): void;
  onMap(candidate: PeakCandidate | undefined): void;
  onMore(): void;
  onPreview(line: string | undefined): void;
  onClose(): void;
}

/** Whose is this peak? Candidates with distance, evidence and reason, beside the peak and never over it. */
export function PeakCard({ peak, where, candidates, marked, place, onMark, onMap, onMore, onPreview, onClose }: Props) {
  const shown = candidates.slice(0, SHOWN);
  const [chosen, setChosen] = useState(0);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the card is higher than the view, the focus must not scroll the view out of its frame.
    card.current?.focus({ preventScroll: true });
  }, []);
  const candidate = shown[Math.min(chosen, shown.length - 1)];
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <section
      ref={card}
      role="dialog"
      className={styles["card"]}
      style={{ left: place.left, top: place.top, maxHeight: `calc(100% - ${place.top + 4}px)` }}
      aria-label={`Candidates for the peak at ${formatFixed(peak.energyKev, 3)} keV`}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <div className={styles["title"]}>
        <h3>Peak at {formatFixed(peak.energyKev, 3)} keV</h3>
        <span title={`Centroid ± ${formatFixed(1.96 * peak.errorEv, 1)} eV from counting, 95 %`}>{where}</span>
      </div>
      <div className={styles["list"]}>
        {shown.length === 0 && <p>No line of any element lies here. A sum or escape peak?</p>}
        {shown.map((entry, i) => (
          <CandidateRow
            key={entry.line.name}
            candidate={entry}
            chosen={i === chosen}
            onChoose={() => setChosen(i)}
            onPreview={onPreview}
          />
        ))}
      </div>
      <div className={styles["buttons"]}>
        {candidate !== undefined && (
          <TextButton look="primary" onClick={() => onMark(candidate.line)}>
            {marked.includes(candidate.line.element) ? "Unmark" : "Mark"} {candidate.line.element}
          </TextButton>
        )}
        <TextButton onClick={() => onMap(candidate)}>Map this peak</TextButton>
        <TextButton look="plain" onClick={onMore}>
          More…
        </TextButton>
      </div>
    </section>
  );
}

interface RowProps {
  readonly candidate: PeakCandidate;
  readonly chosen: boolean;
  onChoose(): void;
  onPreview(line: string | undefined): void;
}

function CandidateRow({ candidate, chosen, onChoose, onPreview }: RowProps) {
  const { line, distanceEv, evidence } = candidate;
  return (
    <button
      type="button"
      className={styles["candidate"]}
      aria-pressed={chosen}
      onClick={onChoose}
      onMouseEnter={() => onPreview(line.name)}
      onMouseLeave={() => onPreview(undefined)}
    >
      <span>{lineText(line.name)}</span>
      <span className={styles["distance"]}>{distanceText(distanceEv)}</span>
      <span className={styles["dots"]} role="img" aria-label={`evidence ${evidence} of 5`}>
        {[1, 2, 3, 4, 5].map((dot) => (
          <i key={dot} className={styles["dot"]} data-on={dot <= evidence} />
        ))}
      </span>
      <span>{candidateReason(candidate)}</span>
    </button>
  );
}
