/**
 * The loops over a row of smoothed spectra, as a kernel and in plain TypeScript with the same bits. Everything is float32, each product and each sum rounded: a smoothed
 * spectrum is a sum of some hundred terms of one sign, so that the rounding is a thousandth of the noise of counting.
 */
import { smoothedSpectraProgram } from "../../../kernels/generated/smoothed-spectra.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan, plainArrays } from "../../../kernels/kernel-memory.js";

/** Sizes of the work on rows. */
export interface RowSizes {
  /** Pixels of a row. */
  readonly width: number;
  readonly bins: number;
  /** Pixels to either side over which an entry is spread. */
  readonly radius: number;
  /** Rows that are kept at a time: 2 radius + 1, or 1 for line scans. */
  readonly kept: number;
  /** Entries of the fullest row. */
  readonly mostEntries: number;
  /** Whether counts are whole numbers of 16 bits; else they are float32. */
  readonly isWhole: boolean;
  /** Known spectra; 0 where rows are only smoothed. */
  readonly components: number;
}

/** Values of a row of spectra are float32 [bins x stride]; pixel x is in column x + radius. */
export function strideOf({ width, radius }: Pick<RowSizes, "width" | "radius">): number {
  return 16 * Math.ceil((width + 2 * radius + 4) / 16);
}

function rowsPlan(sizes: RowSizes) {
  const { width, bins, radius, kept, mostEntries, isWhole, components } = sizes;
  const stride = strideOf(sizes);
  return {
    /** Of the row in hand: its entries, pixel after pixel. */
    start: ["int32", width + 1],
    bin: ["uint8", mostEntries],
    count: [isWhole ? "uint16" : "float32", mostEntries],
    /** 1 for the pixels whose entries are spread. */
    wanted: ["uint8", width],
    /** Weights along x, padded with 0 to whole vectors. */
    weights: ["float32", 4 * Math.ceil((2 * radius + 1) / 4)],
    /** Rows that are spread along x, in the order in which their places are used again. */
    ring: ["float32", kept * bins * stride],
    /** What is added up for a row: addresses in the ring, and weights along y. */
    addresses: ["int32", kept],
    down: ["float32", kept],
    spectra: ["float32", bins * stride],
    /** Float32 [bins x components] */
    table: ["float32", bins * components],
    /** Float32 [components x stride] */
    shares: ["float32", components * stride],
    /** What turns a spectrum into shares: 1 / counts. */
    scale: ["float32", components > 0 ? stride : 0],
    /** 1 for groups of four columns in which something is asked for. */
    marks: ["uint8", stride / 4],
    /** Float32 [4 x stride]: see `misfits`. */
    sums: ["float32", components > 0 ? 4 * stride : 0],
    /** Room for the components that have a share in a group. */
    members: ["int32", 2 * components],
  } as const satisfies MemoryPlan;
}

export type RowArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof rowsPlan>>>>["arrays"];

/** The loops, at work on their arrays. */
export interface RowProgram {
  readonly sizes: RowSizes;
  readonly stride: number;
  readonly arrays: RowArrays;
  /** Adds the entries of the wanted pixels of the row in hand to a place of the ring. */
  spread(place: number): void;
  /** Makes `spectra` of these places of the ring and the weights in `down`, 16 columns at a time, where one of them is marked. */
  addRows(places: readonly number[]): void;
  /**
   * Of the spectra in marked groups: `sums` holds chi-square distance from what the shares make of the table, and the sums over bins of r, r^2 and r / (p + floor)
   * with r = p / (p + floor).
   */
  misfits(floor: number): void;
}

/** The quickest that this host has. */
export async function rowProgram(sizes: RowSizes): Promise<RowProgram> {
  const module = await kernelModule(smoothedSpectraProgram, false);
  const placed = module && kernelMemory(rowsPlan(sizes), false);
  if (module === undefined || placed === undefined) return referenceRows(sizes);
  const { memory, arrays } = placed;
  const kernel = await startKernel<"spreadWhole" | "spreadReal" | "addRows" | "misfits">(module, memory);
  const stride = strideOf(sizes);
  const { width, bins, components } = sizes;
  const placeBytes = 4 * bins * stride;
  const at = (name: keyof RowArrays): number => arrays[name].byteOffset;
  const spread = sizes.isWhole ? kernel.spreadWhole : kernel.spreadReal;
  const entries = [at("start"), at("bin"), at("count"), at("wanted")];
  return {
    sizes,
    stride,
    arrays,
    spread(place) {
      const taps = arrays.weights.length / 4;
      spread(width, ...entries, at("weights"), taps, stride, at("ring") + place * placeBytes);
    },
    addRows(places) {
      places.forEach((place, i) => {
        arrays.addresses[i] = at("ring") + place * placeBytes;
      });
      kernel.addRows(places.length, at("addresses"), at("down"), bins, stride, at("marks"), at("spectra"));
    },
    misfits(floor) {
      const { spectra, scale, table, shares, marks, sums, members } = arrays;
      const places = [spectra, scale, table, shares, marks].map(({ byteOffset }) => byteOffset);
      kernel.misfits(bins, components, stride, ...places, floor, sums.byteOffset, members.byteOffset);
    },
  };
}

/** In plain TypeScript. */
export function referenceRows(sizes: RowSizes): RowProgram {
  const arrays = plainArrays(rowsPlan(sizes));
  const stride = strideOf(sizes);
  const length = sizes.bins * stride;
  return {
    sizes,
    stride,
    arrays,
    spread: (place) => spreadRow(arrays, sizes, stride, arrays.ring.subarray(place * length, (place + 1) * length)),
    addRows(places) {
      places.forEach((place, i) => {
        addScaled(arrays, sizes.bins, stride, place * length, arrays.down[i]!, i === 0);
      });
    },
    misfits: (floor) => misfitsOf(arrays, sizes, stride, Math.fround(floor)),
  };
}

function spreadRow(
  { start, bin, count, wanted, weights }: RowArrays,
  { width, radius }: RowSizes,
  stride: number,
  row: Float32Array,
): void {
  const taps = 2 * radius + 1;
  for (let x = 0; x < width; x++) {
    if (wanted[x] === 0) continue;
    const end = start[x + 1]!;
    for (let e = start[x]!; e < end; e++) {
      const base = bin[e]! * stride + x;
      const value = count[e]!;
      for (let t = 0; t < taps; t++) row[base + t] = Math.fround(row[base + t]! + Math.fround(value * weights[t]!));
    }
  }
}

/** Adds a row of the ring, times a weight, to the marked columns of the spectra; the first begins them. */
function addScaled(
  { spectra, ring, marks }: RowArrays,
  bins: number,
  stride: number,
  from: number,
  weight: number,
  isFirst: boolean,
): void {
  for (let column = 0; column < stride; column++) {
    const sixteen = (column >> 4) << 2;
    if (marks.subarray(sixteen, sixteen + 4).every((mark) => mark === 0)) continue;
    for (let i = column; i < bins * stride; i += stride) {
      const before = isFirst ? 0 : spectra[i]!;
      spectra[i] = Math.fround(before + Math.fround(weight * ring[from + i]!));
    }
  }
}

function misfitsOf(
  { spectra, scale, table, shares, marks, sums }: RowArrays,
  { bins, components }: RowSizes,
  stride: number,
  floor: number,
): void {
  const { fround } = Math;
  for (let column = 0; column < stride; column++) {
    if (marks[column >> 2] === 0) continue;
    let chi = 0;
    let ratios = 0;
    let squares = 0;
    let spreads = 0;
    for (let j = 0; j < bins; j++) {
      let p = 0;
      for (let c = 0; c < components; c++) p = fround(p + fround(table[j * components + c]! * shares[c * stride + column]!));
      const inverse = fround(1 / fround(p + floor));
      const difference = fround(fround(spectra[j * stride + column]! * scale[column]!) - p);
      const ratio = fround(p * inverse);
      chi = fround(chi + fround(fround(difference * difference) * inverse));
      ratios = fround(ratios + ratio);
      squares = fround(squares + fround(ratio * ratio));
      spreads = fround(spreads + fround(ratio * inverse));
    }
    sums[column] = chi;
    sums[stride + column] = ratios;
    sums[2 * stride + column] = squares;
    sums[3 * stride + column] = spreads;
  }
}
