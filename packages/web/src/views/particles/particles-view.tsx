import { countOf, type Grain } from "@sigma-eds/core";
import { useMemo } from "react";
import { addStep } from "../../session/recipe-acts.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { capital } from "../../ui/capital.js";
import { HistogramChart } from "../../ui/charts/histogram-chart.js";
import { Choice } from "../../ui/choice.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { type HeldKeys, modeWithKeys } from "../../ui/plane/outline-gesture.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { type GrainSpread, grainSpread, grainsFigure } from "./grain-histogram.js";
import { GrainList } from "./grain-list.js";
import { type ParticleSpec, particleAxes, particleColumns, particleRows, whyNoGrains } from "./particle-rows.js";
import { grainHistogramTable, grainTable } from "./particle-tables.js";
import styles from "./particles-view.module.css";

/** Grains of the active class, or of all: table, histograms, CSV. A click selects the grain and flies to it. */
export function ParticlesView({ session, spec, onSpec }: ViewProps<ParticleSpec>) {
  const { analysis, linked, actions } = session;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const statistics = analysis?.statistics?.grains;
  const rows = useMemo(
    () => (statistics === undefined ? [] : particleRows(statistics, spec, active)),
    [statistics, spec, active],
  );
  if (analysis === undefined || statistics === undefined) {
    const measure = (): void => {
      const refusal = addStep(session, { step: "statistics" });
      if (refusal === undefined) void actions.findPhases();
      else actions.say(refusal.sentence);
    };
    return (
      <ViewFrame title="Particles">
        <EmptyState sentence="No grains measured yet. Add the step Statistics to the recipe, or measure now.">
          {analysis !== undefined && (
            <TextButton unavailable={session.activity.kind === "idle" ? undefined : "Something runs already."} onClick={measure}>
              Measure grains
            </TextButton>
          )}
        </EmptyState>
      </ViewFrame>
    );
  }
  const unit = statistics.unit === "um" ? "µm" : statistics.unit;
  const classOf = (id: number) => analysis.classes.find((phase) => phase.id === id);
  const select = (grains: readonly Grain[], made: string, keys: HeldKeys): void => {
    const ids = new Set(grains.map(({ id }) => id));
    const mask = Uint8Array.from(statistics.ids, (id) => (ids.has(id) ? 1 : 0));
    selectRegion(session, { mask, made }, modeWithKeys(linked.mode.current.value, keys), "particles");
  };
  const flyTo = (grain: Grain, keys: HeldKeys): void => {
    select([grain], `Grain ${grain.id + 1}`, keys);
    const { left, right, top, bottom } = grain.box;
    linked.mapCamera.set({ ...linked.mapCamera.current.value, x: (left + right) / 2, y: (top + bottom) / 2 }, "particles");
  };
  const sorted = particleColumns.find(({ id }) => id === spec.sort) ?? particleColumns[0]!;
  const spread = grainSpread(sorted, rows.map(sorted.value), spec.axis, unit);
  return (
    <ViewFrame
      title="Particles"
      tables={[
        {
          id: "grains",
          title: "Grains",
          make: () => grainTable(rows, statistics, (id) => classOf(id)?.name ?? `Class ${id}`),
        },
        {
          id: "grains-histogram",
          title: `Histogram of ${sorted.title.toLowerCase()}`,
          unavailable: spread === undefined ? noValues(rows.length) : undefined,
          make: () => grainHistogramTable(sorted, spread!.histogram, unit),
        },
      ]}
      controls={
        <>
          <span>{active === undefined ? "All classes" : (classOf(active)?.name ?? "All classes")}</span>
          <label
            className={styles["toggle"]}
            title="Grains that touch the edge of the map are cut, so they look smaller than they are"
          >
            <input
              type="checkbox"
              checked={spec.withEdge}
              onChange={(event) => onSpec({ ...spec, withEdge: event.currentTarget.checked })}
            />
            with cut grains
          </label>
          {spread !== undefined && <AxisChoice spread={spread} axis={spec.axis} onAxis={(axis) => onSpec({ ...spec, axis })} />}
        </>
      }
      actions={
        <ExportMenu
          items={[
            {
              label: "Histogram (SVG, PNG, TIFF)...",
              unavailable: spread === undefined ? noValues(rows.length) : undefined,
              run: () => spread && actions.exportFigure(grainsFigure(spread)),
            },
          ]}
        />
      }
    >
      {rows.length === 0 ? (
        <NoGrains why={whyNoGrains(statistics, spec, active)} onSpec={onSpec} />
      ) : (
        <div className={styles["layout"]}>
          <GrainList {...{ unit, spec, classOf, onSpec }} grains={rows} onGo={flyTo} />
          <div className={styles["side"]}>
            <p>
              {countOf(rows.length, "grain")}. Histogram of {sorted.title.toLowerCase()}; drag to select grains.
            </p>
            {spread !== undefined && (
              <HistogramChart
                histogram={spread.histogram}
                name={sorted.title}
                height={160}
                scale={spread.scale}
                titles={{ x: capital(spread.name), y: "Grains" }}
                onRange={(from, to, keys) =>
                  select(
                    rows.filter((grain) => sorted.value(grain) >= from && sorted.value(grain) <= to),
                    `Grains by ${sorted.title.toLowerCase()}`,
                    keys,
                  )
                }
              />
            )}
          </div>
        </div>
      )}
    </ViewFrame>
  );
}

function noValues(grains: number): string {
  return grains === 0 ? "There are no grains." : "No grain in the list is large enough for this quantity.";
}

interface AxisChoiceProps {
  readonly spread: GrainSpread;
  readonly axis: ParticleSpec["axis"];
  onAxis(axis: ParticleSpec["axis"]): void;
}

function AxisChoice({ spread: { usualScale, hasLog }, axis, onAxis }: AxisChoiceProps) {
  const names = { auto: `Axis: automatic (${usualScale})`, linear: "Linear axis", log: "Log axis" } as const;
  const choices = particleAxes.map((value) => ({ value, label: names[value], disabled: value === "log" && !hasLog }));
  return <Choice label="Axis of the histogram" value={axis} choices={choices} onChange={onAxis} />;
}

interface NoGrainsProps {
  readonly why: ReturnType<typeof whyNoGrains>;
  onSpec(spec: ParticleSpec): void;
}

function NoGrains({ why: { sentence, show }, onSpec }: NoGrainsProps) {
  return (
    <EmptyState sentence={sentence}>
      {show !== undefined && <TextButton onClick={() => onSpec(show)}>Show them</TextButton>}
    </EmptyState>
  );
}
