import styles from "./hint.module.css";

interface Props {
  readonly children: string;
  /** What there is no room to say, on hover. */
  readonly more?: string | undefined;
}

/** A few quiet words beside controls. */
export function Hint({ children, more }: Props) {
  return (
    <span className={styles["hint"]} title={more === undefined ? undefined : `${children}. ${more}`}>
      {children}
    </span>
  );
}
