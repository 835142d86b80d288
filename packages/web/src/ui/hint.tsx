import styles from "./hint.module.css";

/** A few quiet words beside controls. */
export function Hint({ children }: { readonly children: string }) {
  return <span className={styles["hint"]}>{children}</span>;
}
