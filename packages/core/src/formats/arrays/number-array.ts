/** An n-dimensional array of numbers in a file, read box by box. What HDF5 datasets and Zarr arrays have in common. */
import { UnsupportedError } from "../../errors.js";
import { volume } from "../hdf5/boxes.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { NumericArray } from "../hdf5/values.js";

export interface NumberArray {
  /** File and path, for messages. */
  readonly where: string;
  /** Slowest axis first. */
  readonly shape: readonly number[];
  readonly numberKind: "unsigned" | "signed" | "float";
  readonly bytesPerNumber: number;
  /** Shape of the pieces in which the file keeps the array; `undefined` when it is in one piece. */
  readonly tileShape: readonly number[] | undefined;
  /** Numbers of a box, row-major. Throws FormatError when the data are damaged. */
  numbers(start: readonly number[], count: readonly number[], signal?: AbortSignal): Promise<NumericArray>;
  /** True when the piece that begins at `start` was never written and holds zeros. */
  isEmptyAt(start: readonly number[]): Promise<boolean>;
}

/** A dataset as an array of numbers. Throws UnsupportedError when its elements are not numbers. */
export function arrayOfDataset(dataset: Hdf5Dataset, fileName: string): NumberArray {
  const where = `${fileName}:${dataset.path}`;
  const type = dataset.type.kind === "enum" ? dataset.type.base : dataset.type;
  if (type.kind !== "integer" && type.kind !== "float") {
    throw new UnsupportedError("The data are not numbers.", {
      where,
      found: `elements of kind ${type.kind}`,
      expected: "integers or floating-point numbers",
    });
  }
  return {
    where,
    shape: dataset.shape,
    numberKind: type.kind === "float" ? "float" : type.signed ? "signed" : "unsigned",
    bytesPerNumber: type.size,
    tileShape: dataset.chunkShape,
    numbers: (start, count, signal) => dataset.numbers(start, count, signal),
    isEmptyAt: (start) => dataset.isEmptyAt(start),
  };
}

/** The whole array. */
export function allNumbers(array: NumberArray, signal?: AbortSignal): Promise<NumericArray> {
  return array.numbers(
    array.shape.map(() => 0),
    array.shape,
    signal,
  );
}

/** An array whose first axis counts the pixels of a grid row by row, as an array over y and x. The first axis must have height x width elements. */
export function asGrid(array: NumberArray, height: number, width: number): NumberArray {
  const rest = array.shape.slice(1);
  const tile = array.tileShape;
  return {
    ...array,
    shape: [height, width, ...rest],
    tileShape: tile === undefined ? undefined : [Math.max(1, Math.floor(tile[0]! / Math.max(1, width))), width, ...tile.slice(1)],
    async numbers([y = 0, x = 0, ...start], [rows = 0, columns = 0, ...count], signal) {
      if (columns === width) return array.numbers([y * width, ...start], [rows * width, ...count], signal);
      const length = columns * volume(count);
      const values = new Float64Array(rows * length);
      for (let row = 0; row < rows; row++) {
        values.set(await array.numbers([(y + row) * width + x, ...start], [columns, ...count], signal), row * length);
      }
      return values;
    },
    isEmptyAt: async () => false,
  };
}
