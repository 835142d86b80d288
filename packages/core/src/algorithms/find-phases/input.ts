import type { Axis } from "../../spectrum-image/axis.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";

/** What find-phases needs of a spectrum image. */
export interface FindPhasesInput {
  readonly counts: CountSource;
  readonly energyAxis: Axis;
  readonly metadata?: Metadata | undefined;
  /** Elements by whose lines differences are named in the reasons; they decide nothing. Default: those of the metadata, else all. */
  readonly elements?: readonly string[] | undefined;
}
