import styles from "./view-tag.module.css";

/** A word in the corner of a view about what it shows: "partial, step 5 of 8". */
export function ViewTag({ children }: { readonly children: string }) {
  return <div className={styles["tag"]}>{children}</div>;
}
