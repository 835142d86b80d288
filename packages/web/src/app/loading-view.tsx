import { Progress } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useSessionState } from "../session/use-view-session.js";
import { TextButton } from "../ui/text-button.js";
import styles from "./loading-view.module.css";
import { useSessionContext } from "./session-context.js";

/** A file that is being read: the map of counts fills row by row. */
export function LoadingView() {
  const { session, shown } = useSessionContext();
  const map = useSessionState(session, ({ loadingMap }) => loadingMap);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { activity } = shown;
  const dataset = activity.kind === "loading" ? activity.dataset : 0;
  const shape = shown.file?.datasets[dataset]?.navigationShape ?? [];
  const width = shape.at(-1) ?? 1;
  const height = shape.at(-2) ?? 1;
  useEffect(() => {
    if (map !== undefined && canvas.current !== null) draw(canvas.current, map, width, height);
  }, [map, width, height]);
  const isStopping = (activity.kind === "opening" || activity.kind === "loading") && activity.stopping === true;
  const name = activity.kind === "opening" || activity.kind === "loading" ? activity.name : "";
  const fraction = activity.kind === "loading" ? activity.fraction : 0;
  return (
    <div className={styles["loading"]}>
      {map !== undefined && (
        <canvas ref={canvas} className={styles["map"]} width={width} height={height} style={{ width: 640 }} />
      )}
      <p>
        Reading {name} <span className={styles["words"]}>{activity.kind === "loading" ? activity.message : ""}</span>
      </p>
      <Progress w={320} size="sm" value={100 * fraction} aria-label={`Reading ${name}`} />
      <TextButton unavailable={isStopping ? "Stopping." : undefined} onClick={() => void session.actions.stop()}>
        Stop
      </TextButton>
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, map: Float32Array, width: number, height: number): void {
  const context = canvas.getContext("2d");
  if (context === null || map.length < width * height) return;
  const picture = context.createImageData(width, height);
  let most = 1;
  for (let p = 0; p < width * height; p++) most = Math.max(most, map[p]!);
  for (let p = 0; p < width * height; p++) {
    const grey = (255 * map[p]!) / most;
    picture.data.set([grey, grey, grey, 255], 4 * p);
  }
  context.putImageData(picture, 0, 0);
}
