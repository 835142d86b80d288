/** How far a mass fraction of the identification may be off: one number for lists that have room for one. */
import type { ClassIdentity } from "@sigma-eds/core";

type Quantified = NonNullable<ClassIdentity["composition"]>["elements"][number];

const Z95 = 1.96;

/** Half the 95 % interval in per cent by mass, of counting, standards and model together, which are independent; Amounts tells them apart. */
export function massHalf95({
  countingError,
  standardsError,
  modelError,
}: Pick<Quantified, "countingError" | "standardsError" | "modelError">): number {
  return 100 * Z95 * Math.sqrt(countingError ** 2 + standardsError ** 2 + modelError ** 2);
}
