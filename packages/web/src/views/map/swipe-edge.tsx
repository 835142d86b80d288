import { type PointerEvent, useRef } from "react";
import styles from "./swipe-edge.module.css";

const STEP = 0.02;
const LEAST = 0.02;

interface Props {
  /** Share of the width. */
  readonly at: number;
  onMove(at: number): void;
}

/** The edge between the map with its colours, left, and the picture below alone, right; dragged, or moved with the arrow keys. */
export function SwipeEdge({ at, onMove }: Props) {
  const edge = useRef<HTMLDivElement>(null);
  const move = (share: number): void => onMove(Math.min(1 - LEAST, Math.max(LEAST, share)));
  const follow = (event: PointerEvent): void => {
    const box = edge.current?.parentElement?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move((event.clientX - box.left) / box.width);
  };
  return (
    <div
      ref={edge}
      className={styles["edge"]}
      style={{ left: `${100 * at}%` }}
      role="slider"
      tabIndex={0}
      aria-label="Edge between colours and picture"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * at)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={follow}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        move(at + by);
      }}
    />
  );
}
