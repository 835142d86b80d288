import { areaIntervals, formatFixed } from "@sigma-eds/core";
import { areaTable } from "../../session/derived/area-table.js";
import { selectClasses } from "../../session/selection/selecting.js";
import { isOnItsWay } from "../../session/tag.js";
import type { ViewDefinition, ViewProps } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { classTints } from "../../ui/class-tints.js";
import { decimalsOf } from "../../ui/decimals-of.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { Hint } from "../../ui/hint.js";
import { ViewFrame } from "../../ui/view-frame.js";
import styles from "./phases.module.css";

type NoSettings = Readonly<Record<string, never>>;

/** The classes by area, as bars; a click selects the pixels of one. */
export function PhasesView({ session }: ViewProps<NoSettings>) {
  const { analysis } = session;
  const classes = analysis?.classes ?? [];
  const intervals = analysis === undefined ? undefined : areaIntervals(analysis);
  const most = Math.max(...classes.map(({ areaFraction }) => areaFraction), 1e-9);
  return (
    <ViewFrame
      title="Phases"
      tables={
        analysis === undefined || classes.length === 0
          ? undefined
          : [{ id: "areas", title: "Areas", make: () => areaTable(analysis) }]
      }
      actions={
        <>
          <Hint>area %, ± 95 %</Hint>
          {analysis !== undefined && classes.length > 0 && <ExportMenu items={[]} />}
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
              <ClassSwatch colour={colour} />
              <span className={styles["name"]}>{phase}</span>
              <span className={styles["bar"]}>
                <div style={{ ...classTints(colour), width: `${(100 * areaFraction) / most}%` }} />
              </span>
              <span className={styles["number"]}>{formatFixed(100 * areaFraction, decimalsOf(100 * (intervals?.[i] ?? 1)))}</span>
              <span className={styles["error"]}>{intervalWords(intervals?.[i])}</span>
            </button>
          ))}
        </div>
      )}
    </ViewFrame>
  );
}

function intervalWords(half: number | undefined): string {
  return half === undefined ? "" : formatFixed(100 * half, decimalsOf(100 * half));
}

export const phasesView: ViewDefinition<NoSettings> = {
  id: "phases",
  title: "Phases",
  component: PhasesView,
  parseSpec: () => ({}),
};
