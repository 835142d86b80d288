/** Whether a picture, brought to the grid of a class map, shows the same field in the same place. */
import { breather, type WorkContext } from "../../spectrum-image/context.js";

export interface Registration {
  /** Pearson's correlation of picture and reference as they lie, -1 to 1; 0 where one is constant. */
  readonly correlation: number;
  /**
   * Correlation ratio of the picture on the classes, 0 to 1: the square root of the share of its variance that lies between classes. It asks for no
   * particular order of grey values (Fisher 1925, Statistical Methods for Research Workers, section 45).
   */
  readonly correlationRatio: number;
  /** How far the picture lies to the right and down of where it fits the classes best, in pixels of the grid. */
  readonly bestShift: readonly [x: number, y: number];
  /** Correlation ratio there, and where the picture lies now, both on the pixels that all shifts have in common. */
  readonly ratioAtShift: readonly [best: number, now: number];
}

export interface RegistrationInput {
  /** Row-major on the grid of the map; values that are not finite take no part. */
  readonly picture: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
  /** Ids of classes; below 0 takes no part. */
  readonly labels: Int32Array;
  readonly width: number;
}

/** Shifts that are tried, to each side. */
const MOST_SHIFT = 4;

/** Compares picture, reference and classes as they lie, and picture and classes at shifts of up to four pixels. Ties go to the smaller shift. */
export async function registrationOf(input: RegistrationInput, context: WorkContext): Promise<Registration> {
  const { labels, width } = input;
  const height = labels.length / width;
  const most = [mostShift(width), mostShift(height)] as const;
  const inner = { x: most[0], y: most[1] };
  const breath = breather(context);
  const now = ratioAt(input, [0, 0], inner);
  let [bestShift, best] = [[0, 0] as readonly [number, number], now];
  for (const shift of shiftsUpTo(...most)) {
    await breath();
    const ratio = ratioAt(input, shift, inner);
    if (ratio > best) [bestShift, best] = [shift, ratio];
  }
  return {
    correlation: correlationOf(input),
    correlationRatio: ratioAt(input, [0, 0], { x: 0, y: 0 }),
    bestShift,
    ratioAtShift: [best, now],
  };
}

function mostShift(size: number): number {
  return Math.min(MOST_SHIFT, Math.floor((size - 1) / 4));
}

/** The nearest first. */
function shiftsUpTo(mostX: number, mostY: number): (readonly [number, number])[] {
  const shifts: (readonly [number, number])[] = [];
  for (let y = -mostY; y <= mostY; y++) for (let x = -mostX; x <= mostX; x++) if (x !== 0 || y !== 0) shifts.push([x, y]);
  return shifts.sort((a, b) => a[0] * a[0] + a[1] * a[1] - b[0] * b[0] - b[1] * b[1]);
}

/** Correlation ratio of the picture, taken back by the shift, on the classes inside a margin. */
function ratioAt(
  { picture, labels, width }: RegistrationInput,
  [dx, dy]: readonly [number, number],
  margin: { readonly x: number; readonly y: number },
): number {
  const height = labels.length / width;
  const groups = new Map<number, { n: number; mean: number }>();
  let [n, mean, all, within] = [0, 0, 0, 0];
  for (let y = margin.y; y < height - margin.y; y++) {
    for (let x = margin.x; x < width - margin.x; x++) {
      const label = labels[y * width + x]!;
      const value = picture[(y + dy) * width + x + dx]!;
      if (label < 0 || !Number.isFinite(value)) continue;
      n += 1;
      const before = value - mean;
      mean += before / n;
      all += before * (value - mean);
      const group = groups.get(label) ?? { n: 0, mean: 0 };
      const beforeInGroup = value - group.mean;
      group.n += 1;
      group.mean += beforeInGroup / group.n;
      within += beforeInGroup * (value - group.mean);
      groups.set(label, group);
    }
  }
  return all > 0 ? Math.sqrt(Math.max(0, 1 - within / all)) : 0;
}

function correlationOf({ picture, reference }: RegistrationInput): number {
  let [n, meanA, meanB, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let p = 0; p < picture.length; p++) {
    const [a, b] = [picture[p]!, reference[p]!];
    if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
    n += 1;
    const [fromA, fromB] = [a - meanA, b - meanB];
    meanA += fromA / n;
    meanB += fromB / n;
    aa += fromA * (a - meanA);
    bb += fromB * (b - meanB);
    ab += fromA * (b - meanB);
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
