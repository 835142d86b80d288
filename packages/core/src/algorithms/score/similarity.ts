/** Measures of how alike two rows of numbers are. */

/** Cosine of the angle between two spectra from index `from` on; 0 where one of them is empty. */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, from = 0): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = from; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** How far shares found are from the true ones, over all pixels. */
export interface ShareError {
  readonly meanAbsoluteError: number;
  readonly rootMeanSquareError: number;
  /** Pearson's; `undefined` where either is constant. */
  readonly correlation: number | undefined;
}

/** Compares two columns of row-major matrices, `found[p * foundStep + foundColumn]` with `truth[p * truthStep + truthColumn]`. */
export function shareError(found: Column, truth: Column, pixels: number): ShareError {
  const f = (p: number) => found.data[p * found.step + found.column]!;
  const t = (p: number) => truth.data[p * truth.step + truth.column]!;
  let absolute = 0;
  let square = 0;
  let meanF = 0;
  let meanT = 0;
  for (let p = 0; p < pixels; p++) {
    const difference = f(p) - t(p);
    absolute += Math.abs(difference);
    square += difference * difference;
    meanF += f(p);
    meanT += t(p);
  }
  meanF /= pixels;
  meanT /= pixels;
  let ff = 0;
  let tt = 0;
  let ft = 0;
  for (let p = 0; p < pixels; p++) {
    ff += (f(p) - meanF) * (f(p) - meanF);
    tt += (t(p) - meanT) * (t(p) - meanT);
    ft += (f(p) - meanF) * (t(p) - meanT);
  }
  return {
    meanAbsoluteError: absolute / pixels,
    rootMeanSquareError: Math.sqrt(square / pixels),
    correlation: ff === 0 || tt === 0 ? undefined : ft / Math.sqrt(ff * tt),
  };
}

/** One column of a row-major matrix. */
export interface Column {
  readonly data: ArrayLike<number>;
  readonly step: number;
  readonly column: number;
}
