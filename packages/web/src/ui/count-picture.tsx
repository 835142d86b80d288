import { useEffect, useRef } from "react";
import styles from "./count-picture.module.css";

interface Props {
  /** [height x width], row-major. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  /** What is black. Default 0. */
  readonly least?: number | undefined;
  /** What is white. */
  readonly most: number;
  readonly name: string;
}

/** Counts of a map in grey, each pixel a square. */
export function CountPicture({ values, width, height, least = 0, most, name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, values, [least, most]);
  }, [values, least, most]);
  return <canvas ref={canvas} className={styles["picture"]} width={width} height={height} role="img" aria-label={name} />;
}

function draw(canvas: HTMLCanvasElement, values: Float32Array, [least, most]: readonly [number, number]): void {
  const context = canvas.getContext("2d");
  if (context === null || canvas.width === 0 || canvas.height === 0) return;
  const picture = context.createImageData(canvas.width, canvas.height);
  for (let p = 0; p < canvas.width * canvas.height; p++) {
    const grey = (255 * (values[p]! - least)) / Math.max(1, most - least);
    picture.data.set([grey, grey, grey, 255], 4 * p);
  }
  context.putImageData(picture, 0, 0);
}
