import { useEffect, useRef } from "react";
import styles from "./compare-view.module.css";

interface Props {
  /** Uint8 [pixels]: 1 where a pixel changed its class. */
  readonly changed: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

const KEPT = [58, 60, 64] as const;
const CHANGED = [233, 180, 76] as const;

/** The first frame of a map of changes, a pixel a pixel. */
export function ChangePicture({ changed, width, height, description }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === undefined || context === null || width * height === 0) return;
    const picture = context.createImageData(width, height);
    for (let p = 0; p < width * height; p++) picture.data.set([...(changed[p] === 1 ? CHANGED : KEPT), 255], 4 * p);
    context.putImageData(picture, 0, 0);
  }, [changed, width, height]);
  return <canvas ref={canvas} className={styles["picture"]} width={width} height={height} role="img" aria-label={description} />;
}
