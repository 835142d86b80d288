/** Low-pass filter of a picture: the lowest of its frequencies, cut off sharply in rows and columns. */
import { cos, sin } from "./math.js";

/** Frequencies that go: from trunc(n x keep) to before trunc(n x (1 - keep)) of the n of a row or column, as a discrete Fourier transform orders them. */
interface Wave {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The real part of the picture's inverse Fourier transform after the middle rows and columns of its transform were set to 0; edges meet their
 * opposites. `keep` is the share of the frequencies that stays on each side, above 0 to 0.5. Shapes: picture and result [height x width].
 * Done as circular sums along rows, then along columns, for which width + height multiplications per pixel suffice. `breath` is called row by row.
 */
export async function lowPass(
  picture: ArrayLike<number>,
  width: number,
  height: number,
  keep: number,
  breath: () => Promise<void>,
): Promise<Float64Array> {
  const [along, down] = [keptWave(width, keep), keptWave(height, keep)];
  const rows = { re: new Float64Array(width * height), im: new Float64Array(width * height) };
  for (let y = 0; y < height; y++) {
    await breath();
    for (let x = 0; x < width; x++) {
      const value = picture[y * width + x]!;
      if (value !== 0) addRow(rows, value, along, x, y * width, width);
    }
  }
  const result = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    await breath();
    for (let from = 0; from < height; from++) {
      const d = (y - from + height) % height;
      const [re, im] = [down.re[d]!, down.im[d]!];
      for (let x = 0; x < width; x++) {
        result[y * width + x]! += re * rows.re[from * width + x]! - im * rows.im[from * width + x]!;
      }
    }
  }
  return result;
}

function addRow({ re, im }: Wave, value: number, along: Wave, from: number, start: number, width: number): void {
  for (let x = 0; x < width; x++) {
    const d = x < from ? x - from + width : x - from;
    re[start + x]! += value * along.re[d]!;
    im[start + x]! += value * along.im[d]!;
  }
}

/** What the filter makes of a single 1 at place 0: (1 / n) times the sum of exp(2 pi i k d / n) over the frequencies k that stay. */
function keptWave(n: number, keep: number): Wave {
  const [first, last] = [Math.trunc(n * keep), Math.trunc(n * (1 - keep))];
  const turns = Array.from({ length: n }, (_, i) => ({ re: cos((2 * Math.PI * i) / n), im: sin((2 * Math.PI * i) / n) }));
  const wave = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let d = 0; d < n; d++) {
    for (let k = 0; k < n; k++) {
      if (k >= first && k < last) continue;
      wave.re[d]! += turns[(k * d) % n]!.re / n;
      wave.im[d]! += turns[(k * d) % n]!.im / n;
    }
  }
  return wave;
}
