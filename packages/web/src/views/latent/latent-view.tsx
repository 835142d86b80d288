import { formatCount, formatFixed } from "@sigma-eds/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { latentIndex } from "../../session/selection/latent-index.js";
import { selectionMenu } from "../../session/selection/selection-menu.js";
import { isOnItsWay, pictureTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import type { Camera } from "../../ui/plane/camera.js";
import { PlaneCanvas } from "../../ui/plane/plane-canvas.js";
import { type PointActsContext, pointActs, pointMemory } from "../../ui/plane/point-acts.js";
import planeStyles from "../../ui/plane/tool-plane.module.css";
import { usePlaneTools, useSize } from "../../ui/plane/use-plane.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { innerBounds, pointsOutside } from "./inner-bounds.js";
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
  const bounds = useMemo(() => innerBounds(index), [index]);
  const outside = useMemo(() => pointsOutside(index, bounds), [index, bounds]);
  const plane = useMemo(() => latentPlane(spec.fitAll ? index : bounds), [index, bounds, spec.fitAll]);
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
  const acts = pointActs(context);
  const gesture = usePlaneTools(above, acts);
  const drawing: LatentDrawing = {
    ...{ session, spec: { ...spec, dimensions: [across, up] }, index, bounds, outside, plane, view, gesture, memory },
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
  const fit = (fitAll: boolean): void => {
    camera.current = { x: 0, y: 0, scale: undefined };
    props.onSpec({ ...spec, fitAll });
  };
  const tool = useSharedValue(session.linked.tool).value;
  const tag = pictureTag(session);
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
        <PlaneCanvas
          {...{ above, draft, tool }}
          kind="scatter plot"
          label={sentence(props, latent, index.x.length)}
          menu={() => selectionMenu(session.now(), LATENT_SOURCE)}
          fit={acts.fit}
        />
        <div className={styles["foot"]}>
          <Caption
            latent={latent}
            points={index.x.length}
            shares={session.analysis?.decomposition?.explainedShare}
            {...{ across, up }}
          />
          {outside.length > 0 && <Strays spec={spec} count={outside.length} onFit={fit} />}
        </div>
        {tag !== undefined && <ViewTag>{tag}</ViewTag>}
      </div>
    </ViewFrame>
  );
}

interface StraysProps {
  readonly spec: LatentSpec;
  readonly count: number;
  onFit(all: boolean): void;
}

/** How many points are far from all others, and the way to them and back. */
function Strays({ spec: { fitAll }, count, onFit }: StraysProps) {
  return (
    <div className={styles["strays"]}>
      {!fitAll && <span>{formatCount(count)} px beyond the edge</span>}
      <TextButton look="plain" onClick={() => onFit(!fitAll)}>
        {fitAll ? "Fit islands" : "Fit all"}
      </TextButton>
    </div>
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

interface CaptionProps {
  readonly latent: Latent;
  readonly points: number;
  /** Of the variance, by component. */
  readonly shares: Float64Array | undefined;
  readonly across: number;
  readonly up: number;
}

/** That nothing is sampled, and what distances mean: in fewer words where the view is narrow. */
function Caption(props: CaptionProps) {
  const { long, short } = captions(props);
  return (
    <p title={long}>
      <span className={styles["long"]}>{long}</span>
      <span className={styles["short"]} aria-hidden>
        {short}
      </span>
    </p>
  );
}

function captions({ latent, points, shares, across, up }: CaptionProps): { readonly long: string; readonly short: string } {
  const pixels = `All ${formatCount(points)} pixels`;
  if (latent.method !== "pca" && latent.method !== "ica") {
    return { long: `${pixels}, no sampling. Distances between islands have no scale.`, short: `${pixels}; distances: no scale` };
  }
  const share = (d: number): string => (shares?.[d] === undefined ? "" : ` (${formatFixed(100 * shares[d], 1)} %)`);
  return {
    long: `${pixels}, no sampling. Component ${across + 1}${share(across)} to the right, ${up + 1}${share(up)} up.`,
    short: `Component ${across + 1}${share(across)} →, ${up + 1}${share(up)} ↑`,
  };
}
