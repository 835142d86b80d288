/** `.npy` and `.npz`: pictures, stacks of maps, spectra and cubes of spectra, by the meaning of the axes that the user gives. */
import { unzipSync } from "fflate";
import { FormatError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import type { NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { denseCounts, kindOfDense } from "../binary/dense-counts.js";
import { type ElementType, elementSize, imageData } from "../binary/element-type.js";
import { planeCounts } from "../binary/plane-counts.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, OpenOptions } from "../format.js";
import { LONGEST_NPY_HEADER, type NpyHeader, readNpy, readNpyHeader } from "../npy/npy.js";
import { baseName } from "./picture.js";

const LARGEST_IN_MEMORY = 1 << 30;
const STRONGEST_COMPRESSION = 1032;
const MOST_MAPS = 4096;

type Content = Pick<FileContents, "datasets" | "images">;

/** Every array of a `.npz` file. Throws FormatError, UnsupportedError. */
export async function readNpz(source: ByteSource, options: OpenOptions): Promise<Content> {
  if (source.size > LARGEST_IN_MEMORY) {
    throw new UnsupportedError("The file is too large.", {
      where: source.name,
      expected: `at most ${LARGEST_IN_MEMORY} bytes`,
      remedy: "Save the array as .npy, which is read piece by piece.",
    });
  }
  const entries = unzipped(source, await source.read(0, source.size, options.signal));
  const names = Object.keys(entries).sort();
  const contents: Content[] = [];
  for (const name of names) contents.push(await readArray(bytesInMemory(name, entries[name]!), options));
  if (contents.length === 0)
    throw new FormatError("The file holds no arrays.", { where: source.name, expected: "entries that end in .npy" });
  return { datasets: contents.flatMap(({ datasets }) => datasets), images: contents.flatMap(({ images }) => images) };
}

function unzipped(source: ByteSource, bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (!name.endsWith(".npy")) return false;
        total += originalSize;
        if (total > LARGEST_IN_MEMORY || originalSize > size * STRONGEST_COMPRESSION + 1024) {
          throw new FormatError("An array cannot have the size that it states, or is too large.", {
            where: source.name,
            field: name,
            found: `${originalSize} bytes from ${size}`,
            expected: `at most ${LARGEST_IN_MEMORY} bytes together`,
          });
        }
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError("The zip file is damaged.", { where: source.name, field: "zip", found: String(cause) }, { cause });
  }
}

/** A `.npy` file: one axis is a spectrum, two are a picture; for more, `options.axes` says what they are. Throws FormatError, UnsupportedError. */
export async function readArray(source: ByteSource, options: OpenOptions): Promise<Content> {
  const header = readNpyHeader(await source.read(0, Math.min(LONGEST_NPY_HEADER, source.size), options.signal), source.name);
  const axes = meaningOf(source, header.shape, options.axes);
  return axes.includes("energy")
    ? { datasets: [await cubeOf(source, header, axes, options.signal)], images: [] }
    : { datasets: [], images: await picturesOf(source, header, options.signal) };
}

/** Slowest first. Throws UnsupportedError where the file alone cannot tell. */
function meaningOf(source: ByteSource, shape: readonly number[], given: readonly string[] | undefined): readonly string[] {
  const facts = { where: source.name, field: "axes", found: `an array of ${shape.join(" x ")}` };
  const axes = given ?? (shape.length === 1 ? ["energy"] : shape.length === 2 ? ["y", "x"] : undefined);
  if (axes === undefined) {
    throw new UnsupportedError("An array does not say what its axes are.", {
      ...facts,
      expected: "the names of the axes, slowest first",
      remedy: 'Say for example "y,x,energy" for a cube of spectra or "map,y,x" for a stack of maps.',
    });
  }
  const known = new Set(axes).size === axes.length && axes.length === shape.length;
  const picture = axes.at(-2) === "y" && axes.at(-1) === "x";
  if (!known || !(axes.includes("energy") || (picture && axes.length <= 3)) || shape.some((size) => size < 1)) {
    throw new UnsupportedError("The names of the axes do not fit the array.", {
      ...facts,
      expected: `${shape.length} different names with "energy", or "map,y,x"`,
      remedy: `Found the names ${axes.join(", ")}.`,
    });
  }
  return axes;
}

async function picturesOf(source: ByteSource, header: NpyHeader, signal: AbortSignal | undefined): Promise<NavigationImage[]> {
  const { shape, data } = await wholeArray(source, header, signal);
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  const maps = shape.length === 3 ? shape[0]! : 1;
  if (maps > MOST_MAPS)
    throw new UnsupportedError("There are too many maps.", {
      where: source.name,
      found: String(maps),
      expected: `at most ${MOST_MAPS}`,
    });
  const name = baseName(source.name);
  return Array.from({ length: maps }, (_, i) => ({
    name: maps === 1 ? name : `${name} ${i + 1}`,
    width,
    height,
    data: imageData(data.slice(i * width * height, (i + 1) * width * height)),
    pixelSizeUm: undefined,
  }));
}

async function cubeOf(
  source: ByteSource,
  header: NpyHeader,
  axes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<SpectrumImage> {
  const { shape } = header;
  const energy = axes.indexOf("energy");
  const axis = (name: string, size: number): Axis => ({ name, size, offset: undefined, scale: undefined, units: undefined });
  const navigationAxes = axes.flatMap((name, i) => (i === energy ? [] : [axis(name, shape[i]!)]));
  const energyAxis = axis("energy", shape[energy]!);
  const title = baseName(source.name);
  return {
    title,
    counts: await countsOf(
      source,
      header,
      energy,
      navigationAxes.map(({ size }) => size),
      signal,
    ),
    navigationAxes,
    energyAxis,
    images: [],
    metadata: { title, detector: {}, elements: [] },
    originalMetadata: { shape, descriptor: header.descriptor, axes },
    loadReport: { findings: calibrationFindings(navigationAxes, energyAxis, undefined) },
  };
}

async function countsOf(
  source: ByteSource,
  header: NpyHeader,
  energy: number,
  navigationShape: number[],
  signal: AbortSignal | undefined,
) {
  const { shape } = header;
  const channels = shape[energy]!;
  const bytes = header.fortranOrder && shape.length > 1 ? await inMemory(source, header, signal) : streamed(source, header);
  const width = elementSize(bytes.type);
  if (energy === shape.length - 1) {
    const layout = { ...bytes, navigationShape, channels, offsetOf: (pixel: number) => bytes.start + pixel * channels * width };
    return denseCounts({ ...layout, kind: await kindOfDense(layout, signal) });
  }
  if (energy !== 0) {
    throw new UnsupportedError("The energy axis lies between the others.", {
      where: source.name,
      field: "axes",
      expected: "energy first or last",
      remedy: "Move the energy axis to the end (numpy.moveaxis) and save again.",
    });
  }
  const pixels = navigationShape.reduce((product, size) => product * size, 1);
  const probe = {
    ...bytes,
    navigationShape: [channels],
    channels: pixels,
    offsetOf: (plane: number) => bytes.start + plane * pixels * width,
  };
  return planeCounts({ ...bytes, navigationShape, channels, kind: await kindOfDense(probe, signal) });
}

interface ArrayBytes {
  readonly source: ByteSource;
  readonly start: number;
  readonly type: ElementType;
  readonly littleEndian: boolean;
}

function streamed(source: ByteSource, { descriptor, shape, dataOffset }: NpyHeader): ArrayBytes {
  const [, order = "", name = ""] = /^([<>|=])([a-z]\d)$/.exec(descriptor) ?? [];
  const type = name === "b1" ? "u1" : name;
  const facts = { where: source.name, field: "descr", found: descriptor };
  if (!["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"].includes(type)) {
    throw new UnsupportedError("Arrays of this element type are not read.", {
      ...facts,
      expected: "booleans, integers or floats of 1 to 8 bytes",
    });
  }
  const needed = shape.reduce((product, size) => product * size, elementSize(type as ElementType));
  if (dataOffset + needed > source.size) {
    throw new FormatError("The file ends before the array does.", {
      ...facts,
      field: "shape",
      offset: dataOffset,
      expected: `${needed} bytes`,
      found: `${source.size - dataOffset} bytes`,
    });
  }
  return { source, start: dataOffset, type: type as ElementType, littleEndian: order !== ">" };
}

/** Arrays with their first axis fastest are turned round in memory. */
async function inMemory(source: ByteSource, header: NpyHeader, signal: AbortSignal | undefined): Promise<ArrayBytes> {
  const { data } = await wholeArray(source, header, signal);
  const kind =
    data instanceof Float32Array || data instanceof Float64Array ? "f" : data.constructor.name.startsWith("U") ? "u" : "i";
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return {
    source: bytesInMemory(source.name, bytes),
    start: 0,
    type: `${kind}${data.BYTES_PER_ELEMENT}` as ElementType,
    littleEndian: true,
  };
}

async function wholeArray(source: ByteSource, header: NpyHeader, signal: AbortSignal | undefined) {
  streamed(source, header);
  if (source.size > LARGEST_IN_MEMORY) {
    throw new UnsupportedError("The array is too large to be held in memory.", {
      where: source.name,
      found: `${source.size} bytes`,
      expected: `at most ${LARGEST_IN_MEMORY}`,
      remedy: "Save it in C order (numpy.ascontiguousarray).",
    });
  }
  return readNpy(await source.read(0, source.size, signal), source.name);
}
