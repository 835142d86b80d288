import { formatCount, formatFixed } from "@sigma-eds/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { latentIndex } from "../../session/selection/latent-index.js";
import { isOnItsWay, resultTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import type { Camera } from "../../ui/plane/camera.js";
import { type PointActsContext, pointActs, pointMemory } from "../../ui/plane/point-acts.js";
import planeStyles from "../../ui/plane/tool-plane.module.css";
import { usePlaneTools, useSize } from "../../ui/plane/use-plane.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { LatentActions, LatentControls, latentName } from "./latent-controls.js";
import { type LatentDrawing, LatentPainter } from "./latent-painter.js";
import { latentPlane } from "./latent-plane.js";
import { LATENT_SOURCE, type LatentSpec } from "./latent-spec.js";
import { latentTables } from "./latent-table.js";
import styles from "./latent-view.module.css";

type Props = ViewProps<LatentSpec>;
type Latent = NonNullable<AnalysisSnapshot["latent"]>;

/** All pixels where the method has put them, near to those that are like them. */
export function LatentView(props: Props) {
  const latent = props.session.analysis?.latent;
  if (latent === undefined || latent.dimensions < 2) {
    return (
      <ViewFrame title="Latent space">
        <EmptyState
          sentence={isOnItsWay(props.session) ? "The latent space is on its way." : "No latent space yet. Find phases makes one."}
        />
      </ViewFrame>
    );
  }
  return <LoadedLatent {...props} latent={latent} />;
}

function LoadedLatent(props: Props & { readonly latent: Latent }) {
  const { session, spec, latent } = props;
  const [across, up] = spec.dimensions.every((d) => d < latent.dimensions) ? spec.dimensions : [0, 1];
  const index = useMemo(() => latentIndex(latent, [across, up]), [latent, across, up]);
  const plane = useMemo(() => latentPlane(index), [index]);
  const place = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const draft = useRef<HTMLCanvasElement>(null);
  const view = useSize(place) ?? { width: 0, height: 0 };
  const camera = useRef<Camera>({ x: 0, y: 0, scale: undefined });
  const [memory] = useState(pointMemory);
  const painter = useRef<LatentPainter>(undefined);
  const redraw = useCallback(() => painter.current?.ask(), []);
  const context: PointActsContext = {
    session,
    ...{ source: LATENT_SOURCE, where: "in latent space" },
    index,
    plane,
    view,
    partOf: (corners) => ({ on: "latent", corners, dimensions: [across, up] }),
    camera: () => camera.current,
    setCamera(next) {
      camera.current = next;
      redraw();
    },
    memory,
    redraw,
    redrawDraft: () => painter.current?.askDraft(),
  };
  const gesture = usePlaneTools(above, pointActs(context));
  const drawing: LatentDrawing = {
    ...{ session, spec: { ...spec, dimensions: [across, up] }, index, plane, view, gesture, memory },
    below: () => below.current,
    above: () => above.current,
    draft: () => draft.current,
    camera: () => camera.current,
  };
  const latest = useRef(drawing);
  latest.current = drawing;
  painter.current ??= new LatentPainter(() => latest.current);
  useDrawnWhenChanged(props, redraw);
  useEffect(() => () => painter.current?.stop(), []);
  const tool = useSharedValue(session.linked.tool).value;
  const tag = resultTag(session);
  const tables = useMemo(() => latentTables(session.analysis), [session.analysis]);
  return (
    <ViewFrame
      title="Latent space"
      tables={tables}
      controls={<LatentControls {...props} latent={latent} dimensions={[across, up]} />}
      actions={
        <LatentActions
          {...props}
          dimensions={[across, up]}
          canvases={() => [below.current, above.current].filter((canvas) => canvas !== null)}
        />
      }
    >
      <div ref={place} className={planeStyles["plane"]}>
        <canvas ref={below} aria-hidden />
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a picture that is walked through with the arrow keys has no element of its own */}
        <canvas
          ref={above}
          className={planeStyles["above"]}
          data-tool={tool}
          role="application"
          aria-roledescription="scatter plot"
          aria-label={sentence(props, latent, index.x.length)}
          tabIndex={0}
        />
        <canvas ref={draft} className={planeStyles["draft"]} aria-hidden />
        <p className={styles["caption"]}>
          {caption(latent, index.x.length, session.analysis?.decomposition?.explainedShare, [across, up])}
        </p>
        {tag !== undefined && <ViewTag>{tag}</ViewTag>}
      </div>
    </ViewFrame>
  );
}

function useDrawnWhenChanged({ session: { linked, answers } }: Props, redraw: () => void): void {
  useEffect(() => {
    const { hover, selection, visibleClasses, colouring, tool, toolOptions } = linked;
    const shared = [hover, selection, visibleClasses, colouring, tool, toolOptions, answers.windowMap];
    const stops = shared.map((value) => value.subscribe(redraw));
    return () => {
      for (const stop of stops) stop();
    };
  }, [linked, answers, redraw]);
  useEffect(() => redraw());
}

function sentence({ session }: Props, latent: Latent, points: number): string {
  const classes = session.analysis?.classes.length ?? 0;
  return `Latent space, ${latentName(latent)}: ${points} pixels, ${classes} classes. Arrow keys move the cursor.`;
}

/** That nothing is sampled, and what distances mean. */
function caption(
  latent: Latent,
  points: number,
  shares: Float64Array | undefined,
  [across, up]: readonly [number, number],
): string {
  const all = `All ${formatCount(points)} pixels, no sampling.`;
  if (latent.method !== "pca" && latent.method !== "ica") return `${all} Distances between islands have no scale.`;
  const share = (d: number): string => (shares?.[d] === undefined ? "" : ` (${formatFixed(100 * shares[d], 1)} %)`);
  return `${all} Component ${across + 1}${share(across)} to the right, ${up + 1}${share(up)} up.`;
}
