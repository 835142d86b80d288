/** Writes .bcf files for tests: every way of packing, with and without compression, chunks in any order. Layout: README.md beside this. */
import { deflateSync } from "node:zlib";

/** How the spectrum of a pixel is packed. `mixed`: runs, with one count of some channels as single pulses. Empty pixels are left out. */
export type Packing = "12bit" | "16bit" | "runs" | "mixed";

export interface TestCube {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Dense counts, pixels x channels. */
  readonly counts: ArrayLike<number>;
  readonly packing: (pixel: number) => Packing;
}

export interface TestImage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly itemSize: 1 | 2 | 4;
  readonly values: readonly number[];
}

export interface TestBcf {
  readonly cubes: readonly TestCube[];
  readonly images?: readonly TestImage[];
  readonly overview?: TestImage;
  readonly compressed?: boolean;
  /** Default 4096. */
  readonly chunkSize?: number;
  /** Chunks of all files in one another's way. Default false. */
  readonly scattered?: boolean;
  /** Other files of the container, in a folder of their own. */
  readonly otherFiles?: readonly string[];
  /** Numbers with a decimal comma, as Esprit 1 writes them in some countries. */
  readonly decimalComma?: boolean;
  /** Elements of the XML to leave out, by name. */
  readonly without?: readonly string[];
  /** What the header says otherwise than {@link testHeader}. */
  readonly header?: Partial<TestHeader>;
}

export interface TestHeader {
  readonly name: string;
  readonly highVoltage: number;
  readonly pixelSizeX: number;
  readonly pixelSizeY: number;
  readonly offsetKev: number;
  readonly scaleKev: number;
  readonly elements: readonly string[];
}

export const testHeader = {
  name: "Test map",
  highVoltage: 15,
  pixelSizeX: 2.5,
  pixelSizeY: 1.25,
  offsetKev: -0.48,
  scaleKev: 0.02,
  elements: ["Fe", "O", "Si"],
} as const satisfies TestHeader;

/** The bytes of a .bcf file. */
export function bcfBytes(file: TestBcf): Uint8Array {
  const { compressed = false, chunkSize = 4096, scattered = false } = file;
  const encode = compressed ? compress : (content: Uint8Array) => content;
  const files: SfsItem[] = [
    { name: "EDSDatabase", parent: -1 },
    { name: "HeaderData", parent: 0, content: encode(new TextEncoder().encode(headerXml(file))) },
    ...file.cubes.map((cube, i) => ({ name: `SpectrumData${i}`, parent: 0, content: encode(cubeBytes(cube)) })),
    ...(file.otherFiles === undefined ? [] : [{ name: "Other", parent: -1 }]),
    ...(file.otherFiles ?? []).map((name) => ({ name, parent: 2 + file.cubes.length, content: Uint8Array.of(1, 2, 3) })),
  ];
  return sfsBytes(files, chunkSize, scattered);
}

interface SfsItem {
  readonly name: string;
  readonly parent: number;
  /** Absent for a folder. */
  readonly content?: Uint8Array;
}

function sfsBytes(items: readonly SfsItem[], chunkSize: number, scattered: boolean): Uint8Array {
  const usable = chunkSize - 32;
  // Chunk 0 holds the header of the container.
  const chunks: { next: number; content: Uint8Array }[] = [{ next: 0, content: new Uint8Array(0) }];
  const chain = (parts: readonly Uint8Array[]): number => {
    const first = chunks.length;
    parts.forEach((content, i) => void chunks.push({ next: i === parts.length - 1 ? 0 : first + i + 1, content }));
    return first;
  };
  const tables = items.map(({ content }) => {
    if (content === undefined) return -1;
    const pieces = Array.from({ length: Math.ceil(content.length / usable) }, (_, i) =>
      content.subarray(i * usable, (i + 1) * usable),
    );
    const order = pieces.map((_, i) => (scattered ? pieces.length - 1 - i : i));
    const start = chunks.length;
    for (const i of order) chunks.push({ next: 0, content: pieces[i]! });
    const perChunk = Math.floor(usable / 4);
    const pointers = pieces.map((_, i) => start + order.indexOf(i));
    const parts = [];
    for (let i = 0; i < pointers.length; i += perChunk) parts.push(uint32s(pointers.slice(i, i + perChunk)));
    return chain(parts);
  });
  const perChunk = Math.floor(usable / 0x200);
  const entries = items.map((item, i) => treeItem(item, tables[i]!));
  const parts = [];
  for (let i = 0; i < entries.length; i += perChunk) parts.push(joined(entries.slice(i, i + perChunk)));
  const tree = chain(parts);

  const bytes = new Uint8Array(0x118 + chunks.length * chunkSize);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("AAMVHFSS"));
  chunks.forEach(({ next, content }, i) => {
    view.setUint32(0x118 + i * chunkSize, next, true);
    bytes.set(content, 0x118 + i * chunkSize + 32);
  });
  view.setFloat32(0x124, 2.6, true);
  view.setUint32(0x128, chunkSize, true);
  view.setUint32(0x140, tree, true);
  view.setUint32(0x144, items.length, true);
  view.setUint32(0x148, chunks.length, true);
  return bytes;
}

function treeItem({ name, parent, content }: SfsItem, table: number): Uint8Array {
  const bytes = new Uint8Array(0x200);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, table, true);
  view.setUint32(4, content?.length ?? 0, true);
  view.setInt32(0x28, parent, true);
  view.setUint8(0xdc, content === undefined ? 1 : 0);
  bytes.set(new TextEncoder().encode(name), 0xe0);
  return bytes;
}

/** Blocks of 512 bytes, much smaller than in real files, so that tests have many. */
function compress(content: Uint8Array): Uint8Array {
  const blockSize = 512;
  const blocks = [];
  for (let i = 0; i < content.length; i += blockSize) blocks.push(content.subarray(i, i + blockSize));
  const head = new Uint8Array(0x80);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode("AACS"));
  view.setUint32(4, blockSize, true);
  view.setUint32(12, blocks.length, true);
  const parts: Uint8Array[] = [head];
  for (const block of blocks) {
    const packed = new Uint8Array(deflateSync(block));
    parts.push(uint32s([packed.length, block.length, 0, 0]), packed);
  }
  return joined(parts);
}

function cubeBytes(cube: TestCube): Uint8Array {
  const head = new Uint8Array(0x1a0);
  head.set(uint32s([cube.height, cube.width, 4096, 1]));
  const parts: Uint8Array[] = [head];
  for (let y = 0; y < cube.height; y++) {
    const pixels: Uint8Array[] = [];
    for (let x = 0; x < cube.width; x++) {
      const pixel = y * cube.width + x;
      const spectrum = Array.from({ length: cube.channels }, (_, c) => cube.counts[pixel * cube.channels + c]!);
      if (spectrum.some((count) => count > 0)) pixels.push(pixelBytes(x, spectrum, cube.packing(pixel)));
    }
    parts.push(uint32s([pixels.length]), ...pixels);
  }
  return joined(parts);
}

function pixelBytes(x: number, spectrum: readonly number[], packing: Packing): Uint8Array {
  const used = spectrum.findLastIndex((count) => count > 0) + 1;
  if (packing === "12bit" || packing === "16bit") {
    const pulses = spectrum.flatMap((count, channel) => Array.from({ length: count }, () => channel)).reverse();
    const data = packing === "16bit" ? uint16s(pulses) : words12(pulses);
    return joined([pixelHead(x, used, 0, packing === "16bit" ? 0 : 1, 0, pulses.length, data.length), data]);
  }
  const extra =
    packing === "mixed" ? spectrum.flatMap((count, channel) => (count > 0 && channel % 3 === 0 ? [channel] : [])) : [];
  const rest = spectrum.map((count, channel) => count - (extra.includes(channel) ? 1 : 0)).slice(0, used);
  const data = runs(rest);
  const size = data.length + 4;
  return joined([pixelHead(x, used, used, 2, size, extra.length, size), data, uint32s([extra.length * 2]), uint16s(extra)]);
}

function pixelHead(
  x: number,
  used: number,
  used2: number,
  flag: number,
  size16: number,
  pulses: number,
  size: number,
): Uint8Array {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, x, true);
  view.setUint16(4, used, true);
  view.setUint16(6, used2, true);
  view.setUint32(8, 786432, true);
  view.setUint16(12, flag, true);
  view.setUint16(14, size16, true);
  view.setUint16(16, pulses, true);
  view.setUint32(18, size, true);
  return bytes;
}

/** Twelve-bit numbers as one run of bits, most significant first, in 16-bit words whose bytes are then swapped. */
function words12(pulses: readonly number[]): Uint8Array {
  const bits = pulses.map((channel) => channel.toString(2).padStart(12, "0")).join("");
  const words = bits.match(/.{1,16}/g) ?? [];
  return uint16s(words.map((word) => Number.parseInt(word.padEnd(16, "0"), 2)));
}

/** Runs of equal kind (zero or not), with the narrowest values that hold them. */
function runs(spectrum: readonly number[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < spectrum.length; ) {
    const zero = spectrum[start] === 0;
    let end = start + 1;
    while (end < spectrum.length && end - start < 255 && (spectrum[end] === 0) === zero) end++;
    const values = spectrum.slice(start, end);
    parts.push(zero ? Uint8Array.of(0, values.length) : run(values));
    start = end;
  }
  return joined(parts);
}

function run(values: readonly number[]): Uint8Array {
  const base = Math.min(...values);
  const above = values.map((value) => value - base);
  const most = Math.max(...above);
  const width = most < 16 && base < 256 ? 1 : most < 256 && base < 65536 ? 2 : most < 65536 ? 4 : 8;
  const head = Uint8Array.of(width, values.length);
  if (width === 1) {
    const packed = new Uint8Array(Math.ceil(values.length / 2));
    above.forEach((value, i) => {
      packed[i >> 1]! |= value << ((i & 1) * 4);
    });
    return joined([head, Uint8Array.of(base), packed]);
  }
  if (width === 2) return joined([head, uint16s([base]), Uint8Array.from(above)]);
  if (width === 4) return joined([head, uint32s([base]), uint16s(above)]);
  return joined([head, uint32s([base, 0]), uint32s(above)]);
}

function headerXml(file: TestBcf): string {
  const header: TestHeader = { ...testHeader, ...file.header };
  const left = new Set(file.without ?? []);
  const element = (name: string, content: string | number, attributes = "") =>
    left.has(name) ? "" : `<${name}${attributes}>${file.decimalComma ? decimalComma(content) : content}</${name}>`;
  const classOf = (type: string, content: string, name?: string) =>
    left.has(type)
      ? ""
      : `<ClassInstance Type="${type}"${name === undefined ? "" : ` Name="${name}"`}>${content}</ClassInstance>`;
  const region = (symbol: string) => classOf("TRTSpectrumRegion", element("Line", "KA"), symbol);
  const elementList = (name: string, symbols: readonly string[]) => {
    const regions = `<ChildClassInstances>${symbols.map(region).join("")}</ChildClassInstances>`;
    return classOf("TRTElementInformationList", classOf("TRTSpectrumRegionList", regions), name);
  };
  const database = [
    `<Header>${element("Date", "1.4.2016")}${element("Time", "7:5:38")}<FileVersion>2</FileVersion></Header>`,
    classOf(
      "TRTSEMData",
      element("HV", header.highVoltage) +
        element("Mag", 100) +
        element("DX", header.pixelSizeX) +
        element("DY", header.pixelSizeY),
    ),
    classOf("TRTSEMStageData", element("X", 10.5) + element("Y", -2) + element("Tilt", 0.5)),
    element("ChCount", file.cubes[0]?.channels ?? 0) + element("DetectorCount", 1),
    classOf("TRTDSPConfiguration", element("LineAverage", 2) + element("PixelAverage", 4) + element("PixelTime", 1)),
    classOf("TRTImageData", planes(file.images ?? [])),
    classOf("TRTImageData", planes([]), "Counter"),
    classOf(
      "TRTContainerClass",
      `<ChildClassInstances>${elementList("PointElements", ["C", "Au"])}${elementList("MapElements", header.elements)}${classOf(
        "TRTContainerClass",
        `<ChildClassInstances>${file.overview === undefined ? "" : classOf("TRTImageData", planes([file.overview]), "1")}</ChildClassInstances>`,
        "OverviewImages",
      )}</ChildClassInstances>`,
    ),
    element("LineCounter", Array.from({ length: file.cubes[0]?.height ?? 0 }, () => 3).join(",")).replace(/\./g, ","),
    ...file.cubes.map(
      (cube, i) => `<SpectrumData${i}>${classOf("TRTSpectrum", spectrumXml(cube, header, element, classOf))}</SpectrumData${i}>`,
    ),
  ].join("");
  const name = file.cubes.length === 0 ? "" : ` Name="${header.name}"`;
  return `<?xml version="1.0" encoding="WINDOWS-1252" standalone="yes"?><TRTSpectrumDatabase><ClassInstance Type="TRTSpectrumDatabase"${name}>${database}</ClassInstance></TRTSpectrumDatabase>`;
}

/** Compressed XML in base64. We do not read it; other readers want it. */
const detectorLayers = deflateSync("<Layers><Layer0/></Layers>").toString("base64");

function spectrumXml(
  cube: TestCube,
  header: TestHeader,
  element: (name: string, content: string | number) => string,
  classOf: (type: string, content: string) => string,
): string {
  const sum = new Float64Array(cube.channels);
  for (let i = 0; i < cube.counts.length; i++) sum[i % cube.channels]! += cube.counts[i]!;
  return [
    `<TRTHeaderedClass>${classOf("TRTSpectrumHardwareHeader", element("Amplification", 20000))}`,
    classOf("TRTDetectorHeader", element("Type", "XFlash 6|10") + element("DetLayers", detectorLayers)),
    `${classOf("TRTESMAHeader", element("PrimaryEnergy", header.highVoltage) + element("ElevationAngle", 35) + element("AzimutAngle", 90))}</TRTHeaderedClass>`,
    classOf(
      "TRTSpectrumHeader",
      element("ChannelCount", cube.channels) + element("CalibAbs", header.offsetKev) + element("CalibLin", header.scaleKev),
    ),
    `<Channels>${[...sum].join(",")}</Channels>`,
  ].join("");
}

function planes(images: readonly TestImage[]): string {
  const [first] = images;
  if (first === undefined) return "<PlaneCount>0</PlaneCount>";
  const { itemSize, width, height } = first;
  const data = ({ values }: TestImage) =>
    Buffer.from(itemSize === 1 ? Uint8Array.from(values) : itemSize === 2 ? uint16s(values) : uint32s(values)).toString("base64");
  const plane = (image: TestImage, i: number) =>
    `<Plane${i}><Description>${image.name}</Description><Palette><C0>0;0;0</C0></Palette><Data>${data(image)}</Data></Plane${i}>`;
  return `<ItemSize>${itemSize}</ItemSize><Width>${width}</Width><Height>${height}</Height><PlaneCount>${images.length}</PlaneCount>${images.map(plane).join("")}`;
}

function decimalComma(content: string | number): string {
  return typeof content === "number" ? String(content).replace(".", ",") : content;
}

function uint16s(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, i) => {
    view.setUint16(i * 2, value, true);
  });
  return new Uint8Array(view.buffer);
}

function uint32s(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    view.setUint32(i * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
