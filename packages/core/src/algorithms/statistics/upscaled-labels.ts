/** A class map on the finer grid of a picture of the same field. */
import { breather, type WorkContext } from "../../spectrum-image/context.js";

export interface LabelMap {
  readonly width: number;
  readonly height: number;
  /** Int32 [height x width]; ids of classes, -1 = unassigned. */
  readonly labels: Int32Array;
}

export interface UpscaleOptions {
  /** Size of the finer grid. */
  readonly width: number;
  readonly height: number;
  /** `nearest`: the class of the pixel in which a point lies; `smooth`: the class that is most probable between the pixels around it. */
  readonly method: "nearest" | "smooth";
  /** For `smooth`: probabilities, float32 [pixels x ids], columns in the order of `ids`. Without it a pixel is wholly of its class. */
  readonly membership?: { readonly ids: readonly number[]; readonly data: Float32Array } | undefined;
}

/** Int32 [height x width] of the finer grid. A point is the middle of its pixel; beyond the outermost middles the map goes on as it ends. */
export async function upscaledLabels(map: LabelMap, options: UpscaleOptions, context: WorkContext): Promise<Int32Array> {
  const { width, height } = options;
  const result = new Int32Array(width * height);
  const breath = breather(context);
  const at = options.method === "nearest" ? nearestIn(map) : mostProbableIn(map, options.membership);
  for (let y = 0; y < height; y++) {
    await breath();
    const mapY = ((y + 0.5) * map.height) / height - 0.5;
    for (let x = 0; x < width; x++) result[y * width + x] = at(((x + 0.5) * map.width) / width - 0.5, mapY);
    context.onProgress?.((y + 1) / height);
  }
  return result;
}

type LabelAt = (x: number, y: number) => number;

function nearestIn({ labels, width, height }: LabelMap): LabelAt {
  const clamped = (value: number, size: number): number => Math.max(0, Math.min(size - 1, Math.floor(value + 0.5)));
  return (x, y) => labels[clamped(y, height) * width + clamped(x, width)]!;
}

/** Bilinear weights of the four pixels around a point. Ties go to the first class; unassigned wins only where it outweighs every class. */
function mostProbableIn({ labels, width, height }: LabelMap, membership: UpscaleOptions["membership"]): LabelAt {
  const ids = membership?.ids ?? [...new Set(labels)].filter((id) => id >= 0).sort((a, b) => a - b);
  const columnOf = new Map(ids.map((id, column) => [id, column]));
  const sums = new Float64Array(ids.length + 1);
  const add = (pixel: number, weight: number): void => {
    const column = columnOf.get(labels[pixel]!);
    if (column === undefined) sums[ids.length]! += weight;
    else if (membership === undefined) sums[column]! += weight;
    else for (let k = 0; k < ids.length; k++) sums[k]! += weight * membership.data[pixel * ids.length + k]!;
  };
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [x - left, y - top];
    const [x0, x1] = [Math.max(0, left), Math.min(width - 1, left + 1)];
    const [row0, row1] = [Math.max(0, top) * width, Math.min(height - 1, top + 1) * width];
    sums.fill(0);
    add(row0 + x0, (1 - right) * (1 - below));
    add(row0 + x1, right * (1 - below));
    add(row1 + x0, (1 - right) * below);
    add(row1 + x1, right * below);
    let best = 0;
    for (let k = 1; k <= ids.length; k++) if (sums[k]! > sums[best]!) best = k;
    return best === ids.length ? -1 : ids[best]!;
  };
}
