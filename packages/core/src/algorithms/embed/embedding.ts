import { DataCheckError, ShapeError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";

/** What is to be shown in few dimensions: rows are pixels, columns features. */
export interface EmbeddingInput {
  readonly features: Matrix<Float32Array>;
  /** Uint8 [rows]; a pixel with 0 is left out and has NaN in the result. */
  readonly mask?: Uint8Array | undefined;
}

/** What every embedding gives. */
export interface Embedding {
  /** Float32 [rows x dimensions]; NaN in the rows that the mask leaves out. */
  readonly latent: Matrix<Float32Array>;
  readonly findings: readonly Finding[];
}

/** The pixels that take part. */
export interface UsedFeatures {
  readonly features: Matrix<Float32Array>;
  /** Row in the input of each row of `features`; undefined when all are used. */
  readonly rows: Int32Array | undefined;
}

/**
 * Takes the rows that the mask leaves. Throws {@link ShapeError} for a mask of another size or features that do not fill their matrix,
 * and {@link DataCheckError} when no row or no column is left, or a value that is used is NaN or infinite.
 */
export function usedFeatures({ features, mask }: EmbeddingInput): UsedFeatures {
  const { rows: total, columns, data } = features;
  if (data.length !== total * columns) {
    throw new ShapeError("The features do not fill their matrix.", {
      found: String(data.length),
      expected: `${total} x ${columns}`,
    });
  }
  if (mask !== undefined && mask.length !== total) {
    throw new ShapeError("The mask must have one value per pixel.", { found: String(mask.length), expected: String(total) });
  }
  const rows = mask === undefined ? undefined : Int32Array.from(mask.keys()).filter((row) => mask[row] !== 0);
  const n = rows?.length ?? total;
  if (n === 0 || columns === 0) {
    throw new DataCheckError("There is nothing to embed.", {
      found: `${n} pixels with ${columns} features`,
      expected: "at least one of each",
      remedy: "Look at the mask and at the list of lines.",
    });
  }
  const used = rows === undefined ? data : new Float32Array(n * columns);
  rows?.forEach((row, i) => {
    used.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  const wrong = used.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const row = Math.floor(wrong / columns);
    throw new DataCheckError("A feature is not a finite number.", {
      where: `pixel ${rows?.[row] ?? row}, feature ${wrong % columns}`,
      found: String(used[wrong]),
      expected: "finite numbers",
      remedy: "Look at the features: a constant feature or an empty pixel may have been divided by zero.",
    });
  }
  return { features: { rows: n, columns, data: used }, rows };
}

/** Spreads the rows of the used pixels over all pixels; NaN where the mask leaves one out. */
export function latentOfAll(used: UsedFeatures, latent: Matrix<Float32Array>, total: number): Matrix<Float32Array> {
  if (used.rows === undefined) return latent;
  const { columns, data } = latent;
  const all = new Float32Array(total * columns).fill(Number.NaN);
  used.rows.forEach((row, i) => {
    all.set(data.subarray(i * columns, (i + 1) * columns), row * columns);
  });
  return { rows: total, columns, data: all };
}
