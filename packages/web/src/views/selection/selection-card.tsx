import {
  formatCount,
  formatFixed,
  isEnergyCalibrated,
  type LineRatio,
  lineRatios,
  lineText,
  unassignedColour,
} from "@sigma-eds/core";
import { IconLock } from "@tabler/icons-react";
import { useMemo } from "react";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { shareText } from "../../ui/area-text.js";
import { classTints } from "../../ui/class-tints.js";
import { PanelSection } from "../../ui/panel/panel-section.js";
import styles from "./selection-card.module.css";
import {
  barPlace,
  CLEAR_SIGMA,
  errorText,
  ratioText,
  referenceOf,
  sharesOf,
  shownRatios,
  verdictOf,
} from "./selection-summary.js";
import { selectionTables } from "./selection-tables.js";

/** The selection against the active class: where it lies, which lines differ and how surely, in one sentence. */
export function SelectionCard({ session }: { readonly session: ViewSession }) {
  const { linked, answers, analysis, image } = session;
  const selection = useSharedValue(linked.selection).value;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const answer = useSharedValue(answers.selected).value;
  const counted = answer.value;
  const reference = useMemo(() => referenceOf(analysis, image, active, selection.mask), [analysis, image, active, selection]);
  const axis = analysis?.energyAxis ?? image?.energyAxis;
  const ratios = useMemo(() => {
    if (
      counted === undefined ||
      counted.pixels === 0 ||
      reference === undefined ||
      axis === undefined ||
      !isEnergyCalibrated(axis)
    )
      return [];
    return lineRatios(counted, reference, analysis?.lines ?? [], axis, image?.metadata.detector.resolutionEv);
  }, [counted, reference, axis, analysis, image]);
  const shares = useMemo(() => (analysis === undefined ? [] : sharesOf(analysis, selection.mask)), [analysis, selection]);
  const locked = useMemo(() => lockedPixels(session, selection.mask), [session, selection]);
  const stale = answer.of !== linked.selection.current.sequence;
  return (
    <PanelSection
      title="Selection"
      aside={selection.count > 0 && reference !== undefined ? `against ${reference.name}` : undefined}
      tables={selection.count > 0 ? selectionTables(ratios, shares, reference?.name ?? "") : undefined}
    >
      <div className={styles["card"]}>
        {selection.count === 0 ? (
          <p className={styles["against"]}>Nothing selected. Drag on the map or press 1 to 9.</p>
        ) : (
          <div style={{ display: "contents", opacity: stale ? 0.55 : 1 }}>
            <div
              className={styles["shares"]}
              role="img"
              aria-label={shares.map(({ name, share }) => `${name} ${shareText(share)}`).join(", ")}
            >
              {shares.map(({ name, colour, share }) => (
                <i
                  key={name}
                  title={`${name} ${shareText(share)}`}
                  style={{ ...classTints(colour ?? unassignedColour), flex: share }}
                />
              ))}
            </div>
            {ratios.length > 0 && counted !== undefined && reference !== undefined && (
              <>
                <RatioTable ratios={shownRatios(ratios)} against={reference.name} />
                <Verdict {...verdictOf(ratios, counted, reference.name)} />
              </>
            )}
            {locked > 0 && (
              <p className={styles["locked"]}>
                <IconLock size={14} stroke={1.6} aria-hidden />
                {formatCount(locked)} px are in a locked class and will stay there.
              </p>
            )}
          </div>
        )}
      </div>
    </PanelSection>
  );
}

function lockedPixels({ analysis }: ViewSession, mask: Uint8Array): number {
  const locked = new Set(analysis?.classes.filter((phase) => phase.locked === true).map(({ id }) => id));
  const labels = analysis?.labels;
  if (locked.size === 0 || labels === undefined || labels.length !== mask.length) return 0;
  return labels.reduce((sum, label, p) => sum + (mask[p] === 1 && locked.has(label) ? 1 : 0), 0);
}

function RatioTable({ ratios, against }: { readonly ratios: readonly LineRatio[]; readonly against: string }) {
  return (
    <table
      className={styles["lines"]}
      aria-label={`Lines of the selection against ${against}: ratio of shares of counts, with 95 % interval`}
    >
      <tbody>
        {ratios.map((ratio) => (
          <tr
            key={ratio.line}
            title={`${formatFixed(Math.abs(ratio.sigma), 1)} standard errors apart; ± is 95 % from the counts of both`}
          >
            <th scope="row">{lineText(ratio.line)}</th>
            <td>
              <RatioBar {...ratio} />
            </td>
            <td className={styles["ratio"]}>{ratioText(ratio)}</td>
            <td className={styles["error"]}>{errorText(ratio)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RatioBar({ ratio, ratioError95, sigma }: LineRatio) {
  const end = barPlace(ratio ?? 32);
  const [left, right] = end < 0.4 ? [end, 0.4] : [0.4, end];
  const [low, high] = [(ratio ?? 1) - (ratioError95 ?? 0), (ratio ?? 1) + (ratioError95 ?? 0)].map(barPlace) as [number, number];
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
  return (
    <div className={styles["bar"]} aria-hidden>
      <i
        data-clear={Math.abs(sigma) >= CLEAR_SIGMA}
        style={{ left: percent(left), width: percent(Math.max(0.004, right - left)) }}
      />
      {ratio !== undefined && <b style={{ left: percent(low), width: percent(high - low) }} />}
    </div>
  );
}

function Verdict({ strong, rest }: { readonly strong: string; readonly rest: string }) {
  return (
    <p className={styles["sentence"]}>
      <strong>{strong}</strong> {rest}
    </p>
  );
}
