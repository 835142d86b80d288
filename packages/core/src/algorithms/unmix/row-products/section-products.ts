/** Products of the rows of a section, X, with thin matrices: X B, Xᵀ Y, and Xᵀ X B. */
import type { RowRun } from "../spectra-rows.js";
import { quickestProducts } from "../thin-products/kernel-products.js";
import { type GivenRows, type RowBatch, type ThinProducts, widened } from "../thin-products/thin-products.js";

/** `right`: X B is left in Y; `left`: Xᵀ Y is summed; `both`: Xᵀ X B is summed, in one pass. */
export type ProductKind = "right" | "left" | "both";

/** The matrices that sections are multiplied with. */
export interface ProductMatrices {
  /** B: float64 [channels x width]. */
  readonly wide: Float64Array;
  /** Y: float64 [all rows x width]. */
  readonly tall: Float64Array;
}

export interface SectionProducts {
  stage(kind: ProductKind): void;
  /** Rows one after the other. */
  add(run: RowRun): void;
  /** Ends the section; its sums, where there are any, go to float64 `to` [channels x stride]. */
  take(to: Float64Array): void;
}

/** Values from one row of a thin matrix to the next. */
export function strideOf(width: number): number {
  return width + (width & 1);
}

export async function sectionProducts(
  channels: number,
  width: number,
  { wide, tall }: ProductMatrices,
): Promise<SectionProducts> {
  const thin = await quickestProducts(channels, width);
  let now: ProductKind = "both";
  let rows: GivenRows;
  const between = { right: tallFrom(thin, tall, width), left: tallTo(thin, tall, width), both() {} };
  return {
    stage(kind) {
      now = kind;
      if (kind !== "left") widened(wide, width, thin.matrix, thin.stride);
      rows = thin.rows({ gather: kind !== "left", between: between[kind], scatter: kind !== "right" });
      thin.sums.fill(0);
    },
    add: (run) => rows.addRun(run),
    take(to) {
      rows.end();
      if (now === "right") return;
      to.set(thin.sums);
      thin.sums.fill(0);
    },
  };
}

function tallFrom({ stride }: ThinProducts, tall: Float64Array, width: number) {
  return ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) for (let l = 0; l < width; l++) tall[row[r]! * width + l] = products[r * stride + l]!;
  };
}

function tallTo({ stride }: ThinProducts, tall: Float64Array, width: number) {
  return ({ rows, row, products }: RowBatch): void => {
    for (let r = 0; r < rows; r++) for (let l = 0; l < width; l++) products[r * stride + l] = tall[row[r]! * width + l]!;
  };
}
