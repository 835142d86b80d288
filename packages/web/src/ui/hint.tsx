import { useHeaderNote } from "./header/header-parts.js";
import styles from "./hint.module.css";

interface Props {
  readonly children: string;
  /** What there is no room to say, on hover. */
  readonly more?: string | undefined;
}

/** A few quiet words beside controls. */
export function Hint({ children, more }: Props) {
  const words = more === undefined ? children : `${children}. ${more}`;
  const part = useHeaderNote(words);
  return (
    <span {...part} className={styles["hint"]} title={more === undefined ? undefined : words}>
      {children}
    </span>
  );
}
