import { useEffect, useMemo, useRef, useState } from "react";
import { shownGrid } from "../../session/derived/pixel-values.js";
import type { MapCamera } from "../../session/linked.js";
import { selectionMenu } from "../../session/selection/selection-menu.js";
import { pictureTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { copyCanvases } from "../../ui/canvas-picture.js";
import { EmptyState } from "../../ui/empty-state.js";
import { placeMap, type Size, zoomedAt } from "../../ui/plane/camera.js";
import { PlaneCanvas } from "../../ui/plane/plane-canvas.js";
import planeStyles from "../../ui/plane/tool-plane.module.css";
import { usePlaneTools, useSize } from "../../ui/plane/use-plane.js";
import { ThinSlider } from "../../ui/thin-slider.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import type { Grid } from "../../worker/engine-protocol.js";
import { figuresOfMap, savePicture, saveValues } from "./export-map.js";
import { MAP_SOURCE, type MapActsContext, mapActs, mapMemory } from "./map-acts.js";
import { useMapColouring } from "./map-colouring.js";
import { MapActions, MapControls } from "./map-controls.js";
import { mapSentence, pixelSentence } from "./map-sentences.js";
import type { MapSpec } from "./map-spec.js";
import { mapTables } from "./map-tables.js";
import styles from "./map-view.module.css";
import { SwipeEdge } from "./swipe-edge.js";
import { useAskedDoubt } from "./use-asked-doubt.js";
import { useMapCommands } from "./use-map-commands.js";
import { useMapDrawing } from "./use-map-drawing.js";

type Props = ViewProps<MapSpec>;

/** The navigation image with whatever colours its pixels: classes, an element, a mix, a component, an abundance, or how sure it is. */
export function MapView(props: Props) {
  const { session } = props;
  const grid = shownGrid(session);
  if (grid === undefined) {
    return (
      <ViewFrame title="Map">
        <EmptyState sentence="No map yet. Open a file." />
      </ViewFrame>
    );
  }
  return <LoadedMap key={`${grid.width} ${grid.height} ${grid.frames}`} {...props} grid={grid} />;
}

function LoadedMap(props: Props & { readonly grid: Grid }) {
  const { session, spec, onSpec, grid } = props;
  const plane = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const view = useSize(plane) ?? { width: 0, height: 0 };
  const tables = useMemo(() => mapTables(session.analysis), [session.analysis]);
  const canvases = () => [below.current, above.current].filter((canvas) => canvas !== null);
  const { colouring } = useMapColouring(props);
  useMapCommands(session, spec, onSpec);
  useAskedDoubt(session.linked, (doubtBelow) => onSpec({ ...spec, doubt: true, doubtBelow }));
  return (
    <ViewFrame
      title="Map"
      tables={tables}
      controls={<MapControls {...props} />}
      actions={
        <MapActions
          {...props}
          saveFigure={() => session.actions.exportFigure(...figuresOfMap(session, grid, spec))}
          savePicture={() => void savePicture(session, canvases())}
          copyPicture={() => void copyCanvases(canvases(), session.actions.say)}
          saveValues={() => saveValues(session, grid, colouring)}
        />
      }
    >
      <div ref={plane} className={`${planeStyles["plane"]} ${styles["ground"]}`}>
        <MapCanvases {...props} view={view} below={below} above={above} />
        {spec.swipe !== undefined && <SwipeEdge at={spec.swipe} onMove={(swipe) => onSpec({ ...spec, swipe })} />}
        {grid.frames > 1 && (
          <div className={styles["frames"]}>
            <ThinSlider
              label="Frame"
              min={0}
              max={grid.frames - 1}
              step={1}
              width={140}
              value={Math.min(spec.frame, grid.frames - 1)}
              text={`${Math.min(spec.frame, grid.frames - 1) + 1} of ${grid.frames}`}
              onChange={(frame) => onSpec({ ...spec, frame })}
            />
          </div>
        )}
      </div>
    </ViewFrame>
  );
}

interface CanvasProps extends Props {
  readonly grid: Grid;
  readonly view: Size;
  readonly below: React.RefObject<HTMLCanvasElement | null>;
  readonly above: React.RefObject<HTMLCanvasElement | null>;
}

function MapCanvases({ session, spec, grid, view, below, above }: CanvasProps) {
  const [own, setOwn] = useState<MapCamera>({ x: 0, y: 0, scale: undefined });
  const ownNow = useRef(own);
  const [baseAlone, setBaseAlone] = useState(false);
  const [spoken, setSpoken] = useState("");
  const memory = useMemo(mapMemory, []);
  const frame = Math.min(spec.frame, grid.frames - 1);
  const tool = useSharedValue(session.linked.tool).value;
  const camera = (): MapCamera => (spec.unlinked ? ownNow.current : session.linked.mapCamera.current.value);
  const setCamera = (next: MapCamera): void => {
    ownNow.current = next;
    if (spec.unlinked) setOwn(next);
    else session.linked.mapCamera.set(next, MAP_SOURCE);
  };
  const draft = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<ReturnType<typeof useMapDrawing>>(undefined);
  const context: MapActsContext = {
    ...{ session, grid, frame, view, camera, setCamera, memory },
    redraw: () => drawn.current?.redraw(),
    redrawDraft: () => drawn.current?.redrawDraft(),
  };
  const acts = mapActs(context);
  const speak = useRef(0);
  const gesture = usePlaneTools(above, {
    ...acts,
    moveCursor(dx, dy) {
      const at = acts.moveCursor?.(dx, dy);
      clearTimeout(speak.current);
      speak.current = window.setTimeout(() => setSpoken(pixelSentence(session)), 200);
      return at;
    },
  });
  drawn.current = useMapDrawing({
    session,
    spec,
    grid,
    frame,
    view,
    below,
    above,
    draft,
    gesture,
    memory,
    baseAlone,
    camera,
  });
  useEffect(() => () => clearTimeout(speak.current), []);
  const tag = pictureTag(session);
  const missing = drawn.current.picture()?.missing;
  return (
    <>
      <canvas ref={below} aria-hidden />
      <PlaneCanvas
        {...{ above, draft, tool }}
        kind="map"
        label={mapSentence(session)}
        menu={() => selectionMenu(session.now(), MAP_SOURCE)}
        fit={acts.fit}
        onKeyDown={(event) => event.key === "\\" && setBaseAlone(true)}
        onKeyUp={(event) => event.key === "\\" && setBaseAlone(false)}
        onBlur={() => setBaseAlone(false)}
      />
      <div className="visually-hidden" aria-live="polite">
        {spoken}
      </div>
      {tag !== undefined && <ViewTag>{tag}</ViewTag>}
      {missing !== undefined && <div className={styles["missing"]}>{missing}</div>}
      <ZoomBox session={session} spec={spec} grid={grid} view={view} own={own} setCamera={setCamera} />
    </>
  );
}

interface ZoomProps extends Pick<Props, "session" | "spec"> {
  readonly grid: Grid;
  readonly view: Size;
  readonly own: MapCamera;
  setCamera(camera: MapCamera): void;
}

/** Screen pixels per pixel of the map, in percent, and ways to change it. */
function ZoomBox({ session, spec, grid, view, own, setCamera }: ZoomProps) {
  const shared = useSharedValue(session.linked.mapCamera).value;
  const camera = spec.unlinked ? own : shared;
  const zoom = (factor: number): void => {
    setCamera(zoomedAt(camera, grid, view, { x: view.width / 2, y: view.height / 2 }, factor));
  };
  return (
    <div className={styles["zoom"]}>
      <button type="button" aria-label="Zoom out" onClick={() => zoom(1 / 1.4)}>
        −
      </button>
      <output aria-label="Zoom">{Math.round(100 * placeMap(camera, grid, view).scale)} %</output>
      <button type="button" aria-label="Zoom in" onClick={() => zoom(1.4)}>
        +
      </button>
      <button type="button" onClick={() => setCamera({ x: grid.width / 2, y: grid.height / 2, scale: undefined })}>
        Fit
      </button>
    </div>
  );
}
