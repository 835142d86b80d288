import styles from "./class-swatch.module.css";
import { classTints } from "./class-tints.js";

interface Props {
  readonly colour: string;
  /** Mark over the colour; `hatch` only for pixels without a class. */
  readonly pattern?: string | undefined;
}

/** The true colour of a class, with its pattern. Decoration: the name stands beside it. */
export function ClassSwatch({ colour, pattern = "plain" }: Props) {
  return <i className={styles["swatch"]} data-pattern={pattern} style={classTints(colour)} aria-hidden />;
}
