/** The triangle with the belt's tools on it: pointer and keyboard work as in the latent space. */
import { useEffect, useMemo, useRef, useState } from "react";
import { latentIndex } from "../../session/selection/latent-index.js";
import { selectionMenu } from "../../session/selection/selection-menu.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { canvasLayer } from "../../ui/canvas-layer.js";
import { redrawing } from "../../ui/draw-turns.js";
import { type Camera, placeMap } from "../../ui/plane/camera.js";
import { DraftLayer } from "../../ui/plane/draft-layer.js";
import { drawPointer } from "../../ui/plane/draw-pointer.js";
import { PlaneCanvas } from "../../ui/plane/plane-canvas.js";
import { type PointActsContext, pointActs, pointMemory } from "../../ui/plane/point-acts.js";
import planeStyles from "../../ui/plane/tool-plane.module.css";
import { usePlaneTools, useSize } from "../../ui/plane/use-plane.js";
import { draftOnPictures } from "../../ui/raster/draw-outline.js";
import { type Ellipse, TernaryPicture } from "./ternary-picture.js";
import { TERNARY_PLANE } from "./ternary-plane.js";
import type { TernaryPoints } from "./ternary-points.js";

interface Props {
  readonly session: ViewSession;
  readonly points: TernaryPoints;
  /** Lower left, lower right, top. */
  readonly names: readonly string[];
  readonly density: string | undefined;
  readonly ellipses: readonly Ellipse[];
  /** The diagram in a sentence. */
  readonly label: string;
}

const ALL_IN_VIEW: Camera = { x: 0, y: 0, scale: undefined };

export function TernaryTools({ session, points, names, density, ellipses, label }: Props) {
  const { linked } = session;
  const index = useMemo(() => latentIndex({ data: points.places, dimensions: 2 }, [0, 1]), [points]);
  const place = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const draft = useRef<HTMLCanvasElement>(null);
  const view = useSize(place) ?? { width: 0, height: 0 };
  const camera = useRef(ALL_IN_VIEW);
  const [drawnCamera, drawCamera] = useState(ALL_IN_VIEW);
  const [memory] = useState(pointMemory);
  const context: PointActsContext = {
    ...{ session, source: "ternary", where: "in the ternary", index, plane: TERNARY_PLANE, view, memory },
    camera: () => camera.current,
    setCamera(next) {
      camera.current = next;
      drawCamera(next);
    },
    redraw: () => layers.redraw(),
    redrawDraft: () => layers.draft.ask(),
  };
  const acts = pointActs(context);
  const gesture = usePlaneTools(above, acts);
  const paint = (): void => {
    const canvas = canvasLayer(above.current, view.width, view.height);
    const placement = placeMap(camera.current, TERNARY_PLANE, view);
    if (canvas !== undefined)
      drawPointer(canvas, { linked, index, plane: TERNARY_PLANE, placement, memory, colours: draftOnPictures });
  };
  const drawn = useRef({ paint, view });
  drawn.current = { paint, view };
  const [layers] = useState(() => {
    const pointer = redrawing(() => drawn.current.paint());
    const outline = new DraftLayer(() => {
      const placement = placeMap(camera.current, TERNARY_PLANE, drawn.current.view);
      return { canvas: draft.current, view: drawn.current.view, placement, gesture, colours: draftOnPictures };
    });
    return {
      draft: outline,
      redraw() {
        pointer.ask();
        outline.ask();
      },
      stop() {
        pointer.stop();
        outline.stop();
      },
    };
  });
  useEffect(() => {
    const stops = [linked.hover, linked.tool, linked.toolOptions].map((value) => value.subscribe(() => layers.redraw()));
    return () => {
      for (const stop of stops) stop();
      layers.stop();
    };
  }, [linked, layers]);
  useEffect(() => layers.redraw());
  const tool = useSharedValue(linked.tool).value;
  return (
    <div ref={place} className={planeStyles["plane"]}>
      <TernaryPicture {...{ names, density, ellipses, view }} camera={drawnCamera} />
      <PlaneCanvas
        {...{ above, draft, tool }}
        kind="ternary diagram"
        label={`${label} Arrow keys move the cursor.`}
        menu={() => selectionMenu(session.now(), "ternary")}
        fit={acts.fit}
      />
    </div>
  );
}
