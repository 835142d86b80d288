import { formatFixed, phasesCsv } from "@sigma-eds/core";
import { classIntervals } from "../../session/derived/class-intervals.js";
import { fileStem } from "../../session/file-stem.js";
import { selectClasses } from "../../session/selection/selecting.js";
import { isOnItsWay } from "../../session/tag.js";
import type { ViewDefinition, ViewProps } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { ViewFrame } from "../../ui/view-frame.js";
import styles from "./phases.module.css";

type NoSettings = Readonly<Record<string, never>>;

/** The classes by area, as bars; a click selects the pixels of one. */
export function PhasesView({ session }: ViewProps<NoSettings>) {
  const { analysis, actions, image } = session;
  const classes = analysis?.classes ?? [];
  const name = `${fileStem(image?.name ?? "map")}-phases.csv`;
  const intervals = session.analysis === undefined ? undefined : classIntervals(session.analysis);
  const most = Math.max(...classes.map(({ areaFraction }) => areaFraction), 1e-9);
  return (
    <ViewFrame
      title="Phases"
      actions={
        <>
          <span className={styles["unit"]}>area %, ± 95 %</span>
          {analysis !== undefined && classes.length > 0 && (
            <ExportMenu
              items={[{ label: "Table of phases (CSV)", run: () => actions.download(name, phasesCsv(analysis), "text/csv") }]}
            />
          )}
        </>
      }
    >
      {classes.length === 0 ? (
        <EmptyState
          sentence={isOnItsWay(session) ? "The phases are on their way." : "No phases yet. Find phases looks for them."}
        />
      ) : (
        <div className={styles["list"]}>
          {classes.map(({ id, name: phase, colour, areaFraction }, i) => (
            <button
              key={id}
              type="button"
              className={styles["row"]}
              onClick={() => selectClasses(session, [id], "replace", "phases")}
              onPointerEnter={() => session.linked.hover.set({ kind: "class", id }, "phases")}
              onPointerLeave={() => session.linked.hover.set({ kind: "nothing" }, "phases")}
            >
              <span className={styles["swatch"]} style={{ background: colour }} />
              <span className={styles["name"]}>{phase}</span>
              <span className={styles["bar"]}>
                <div style={{ width: `${(100 * areaFraction) / most}%`, background: colour }} />
              </span>
              <span className={styles["number"]}>{formatFixed(100 * areaFraction, 1)}</span>
              <span className={styles["error"]}>{intervalWords(intervals?.[i])}</span>
            </button>
          ))}
        </div>
      )}
    </ViewFrame>
  );
}

function intervalWords(half: number | undefined): string {
  if (half === undefined) return "";
  return formatFixed(100 * half, half < 0.001 ? 2 : 1);
}

export const phasesView: ViewDefinition<NoSettings> = {
  id: "phases",
  title: "Phases",
  component: PhasesView,
  parseSpec: () => ({}),
};
