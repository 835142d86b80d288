import styles from "./meter.module.css";

interface Props {
  /** 0 to 1. */
  readonly share: number;
  /** A mark on the way, 0 to 1: what is expected, or the limit. */
  readonly mark?: number | undefined;
}

/** How much of a whole, as a bar. Decoration: the number stands beside it. */
export function Meter({ share, mark }: Props) {
  const percent = (value: number): string => `${(100 * Math.min(1, Math.max(0, value))).toFixed(1)}%`;
  return (
    <span className={styles["meter"]} aria-hidden>
      <i style={{ width: percent(share) }} />
      {mark !== undefined && <b style={{ left: `calc(${percent(mark)} - 1px)` }} />}
    </span>
  );
}
