import type { Span } from "./member.js";

/** A matrix in memory, perhaps seen turned: element (i, j) is `data[i * rowStride + j * columnStride]`. */
export interface MatrixView {
  readonly data: Float32Array;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Rows x columns as they lie in memory, row after row. */
export function rowsOf(data: Float32Array, columns: number): MatrixView {
  return { data, rowStride: columns, columnStride: 1 };
}

/** The transpose of what lies in memory as rows of `columns` values. */
export function turned(data: Float32Array, columns: number): MatrixView {
  return { data, rowStride: 1, columnStride: columns };
}

/** Side of the square of results that is kept in registers. */
const TILE = 4;

/** target += A B in the rows of a span, with A [rows x k], B [k x n] and target [rows x n] row-major. */
export type AddProduct = (target: Float32Array, rows: Span, n: number, k: number, a: MatrixView, b: MatrixView) => void;

const { fround } = Math;

/**
 * target += A B in plain TypeScript.
 *
 * Every element is summed over rising k, whatever the sizes, with each product and each sum rounded to float32, as PyTorch computes, too; the sum is then
 * added to the target. The result depends on no blocking and is the same in every engine.
 */
export function addProduct(target: Float32Array, { from, to }: Span, n: number, k: number, a: MatrixView, b: MatrixView): void {
  const fullRows = to - ((to - from) % TILE);
  const fullColumns = n - (n % TILE);
  for (let i = from; i < fullRows; i += TILE) for (let j = 0; j < fullColumns; j += TILE) addTile(target, n, i, j, k, a, b);
  addElements(target, n, from, fullRows, fullColumns, n, k, a, b);
  addElements(target, n, fullRows, to, 0, n, k, a, b);
}

function addElements(
  target: Float32Array,
  n: number,
  fromRow: number,
  toRow: number,
  fromColumn: number,
  toColumn: number,
  k: number,
  { data: a, rowStride: aRow, columnStride: aStep }: MatrixView,
  { data: b, rowStride: bStep, columnStride: bColumn }: MatrixView,
): void {
  for (let i = fromRow; i < toRow; i++) {
    for (let j = fromColumn; j < toColumn; j++) {
      let sum = 0;
      for (let step = 0, p = i * aRow, q = j * bColumn; step < k; step++, p += aStep, q += bStep)
        sum = fround(sum + fround(a[p]! * b[q]!));
      target[i * n + j]! += sum;
    }
  }
}

/** Sixteen sums at once: each value that is loaded serves four of them. */
function addTile(
  target: Float32Array,
  n: number,
  row: number,
  column: number,
  k: number,
  { data: a, rowStride: aRow, columnStride: aStep }: MatrixView,
  { data: b, rowStride: bStep, columnStride: bColumn }: MatrixView,
): void {
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  let p = row * aRow;
  let q = column * bColumn;
  for (let step = 0; step < k; step++) {
    const a0 = a[p]!;
    const a1 = a[p + aRow]!;
    const a2 = a[p + 2 * aRow]!;
    const a3 = a[p + 3 * aRow]!;
    const b0 = b[q]!;
    const b1 = b[q + bColumn]!;
    const b2 = b[q + 2 * bColumn]!;
    const b3 = b[q + 3 * bColumn]!;
    s00 = fround(s00 + fround(a0 * b0));
    s01 = fround(s01 + fround(a0 * b1));
    s02 = fround(s02 + fround(a0 * b2));
    s03 = fround(s03 + fround(a0 * b3));
    s10 = fround(s10 + fround(a1 * b0));
    s11 = fround(s11 + fround(a1 * b1));
    s12 = fround(s12 + fround(a1 * b2));
    s13 = fround(s13 + fround(a1 * b3));
    s20 = fround(s20 + fround(a2 * b0));
    s21 = fround(s21 + fround(a2 * b1));
    s22 = fround(s22 + fround(a2 * b2));
    s23 = fround(s23 + fround(a2 * b3));
    s30 = fround(s30 + fround(a3 * b0));
    s31 = fround(s31 + fround(a3 * b1));
    s32 = fround(s32 + fround(a3 * b2));
    s33 = fround(s33 + fround(a3 * b3));
    p += aStep;
    q += bStep;
  }
  const t = row * n + column;
  addFour(target, t, s00, s01, s02, s03);
  addFour(target, t + n, s10, s11, s12, s13);
  addFour(target, t + 2 * n, s20, s21, s22, s23);
  addFour(target, t + 3 * n, s30, s31, s32, s33);
}

function addFour(target: Float32Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  target[at]! += s0;
  target[at + 1]! += s1;
  target[at + 2]! += s2;
  target[at + 3]! += s3;
}
