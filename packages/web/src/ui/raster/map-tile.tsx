import { type ReactNode, useCallback, useRef } from "react";
import { canvasLayer } from "../canvas-layer.js";
import { type PlanePoint, type Size, toScreen } from "../plane/camera.js";
import { useSize } from "../plane/use-plane.js";
import { useSharedFrame } from "../use-shared-frame.js";
import { drawCross } from "./draw-outline.js";
import styles from "./map-tile.module.css";
import { drawRaster, type Placement } from "./raster-canvas.js";

interface Props {
  readonly title: string;
  /** What is shown exactly: range of energies, treatment. */
  readonly details: string;
  /** Ends of the colours, in words. */
  readonly range: string;
  /** CSS background of the small colour bar. */
  readonly gradient: string;
  /** Mark of the tile's colour in a mix. */
  readonly mark?: string | undefined;
  /** The picture: it may be smaller than the map, by `reduction` pixels of the map per pixel. */
  picture(): { readonly raster: OffscreenCanvas; readonly reduction: number };
  /** What makes the tile draw anew. */
  readonly sources: readonly { subscribe(listener: () => void): () => void }[];
  place(view: Size): Placement;
  /** Place of the cursor on the map. */
  cursor(): PlanePoint | undefined;
  readonly pressed?: boolean | undefined;
  /** `together`: held Ctrl, or the key of the Mac. */
  onChoose?(together: boolean): void;
  readonly children?: ReactNode;
}

/** A small map that shows the same part as the others, with the same cursor; it may be a button. */
export function MapTile(props: Props) {
  const { title, details, range, gradient, mark, pressed, onChoose, sources, picture, place, cursor } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const draw = useCallback(() => {
    if (size === undefined || size.width < 2) return;
    const context = canvasLayer(canvas.current, size.width, size.height);
    if (context === undefined) return;
    const placement = place(size);
    const { raster, reduction } = picture();
    drawRaster(context, raster, { ...placement, scale: placement.scale * reduction });
    const at = cursor();
    if (at !== undefined) drawCross(context, toScreen(placement, at), placement.scale);
  }, [size, place, picture, cursor]);
  useSharedFrame(sources, draw);
  const content = (
    <>
      <div ref={box} className={styles["picture"]}>
        <canvas ref={canvas} aria-hidden />
      </div>
      <span className={styles["head"]}>
        {mark !== undefined && <span className={styles["mark"]} style={{ background: mark }} />}
        <strong>{title}</strong> <span className={styles["range"]}>{range}</span>
        <span className={styles["bar"]} style={{ background: gradient }} aria-hidden />
      </span>{" "}
      <span className={styles["details"]} title={details}>
        {details}
      </span>
    </>
  );
  if (onChoose === undefined) return <div className={styles["tile"]}>{content}</div>;
  return (
    <button
      type="button"
      className={styles["tile"]}
      aria-pressed={pressed}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    >
      {content}
    </button>
  );
}
