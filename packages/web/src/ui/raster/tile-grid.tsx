import { Children, type CSSProperties, type ReactNode, useRef } from "react";
import { useSize } from "../plane/use-plane.js";
import styles from "./tile-grid.module.css";
import { TILE_GAP, tileLayout } from "./tile-layout.js";

interface Props {
  readonly label: string;
  /** Of the maps, pixels. */
  readonly shape: { readonly width: number; readonly height: number };
  readonly children: ReactNode;
}

/** Small maps side by side, as large as they can be with all in sight. */
export function TileGrid({ label, shape, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { columns, width, pictureHeight } = tileLayout(Children.count(children), shape.width / shape.height, size ?? NO_ROOM);
  const laidOut = {
    "--columns": columns,
    "--tile-width": `${width}px`,
    "--picture-height": `${pictureHeight}px`,
    "--gap": `${TILE_GAP}px`,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: tiles are buttons that choose, not fields of a form
    <div ref={box} className={styles["grid"]} role="group" aria-label={label} style={laidOut as CSSProperties}>
      {children}
    </div>
  );
}

const NO_ROOM = { width: 0, height: 0 };
