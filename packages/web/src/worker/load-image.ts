/** Reads the counts of a dataset once: into memory, and into what is shown before anything is analysed. */
import {
  breather,
  type CountBlock,
  countMap,
  loadFindings,
  maximumSpectrum,
  type SpectrumImage,
  storedCounts,
  sumSpectrum,
  throwIfAborted,
} from "@sigma-eds/core";
import type { LoadedImage, LoadProgress } from "./engine-protocol.js";
import { gridOf } from "./grid.js";
import { BlockCopies, sharedCounts } from "./shared-counts.js";

export interface LoadContext {
  readonly signal: AbortSignal;
  readonly listen: (progress: LoadProgress) => void;
}

export interface ReadImage {
  /** With its counts in memory, unless they are too many: then they are read again whenever they are needed. */
  readonly image: SpectrumImage;
  readonly shown: Omit<LoadedImage, "name" | "dataset" | "sha256">;
}

/** Counts beyond this stay in the file, because a page is given little more than this in all. */
export const MOST_COUNT_BYTES = 1.5 * 2 ** 30;
/** The map that fills is redrawn at most this often. */
const REDRAW_MS = 250;

export async function readImage(image: SpectrumImage, { signal, listen }: LoadContext): Promise<ReadImage> {
  const { counts } = image;
  const map = countMap(counts);
  const sum = sumSpectrum(counts);
  const maximum = maximumSpectrum(counts);
  const held = blockStore();
  const breathe = breather({ signal });
  const pixels = map.result().length;
  let drawn = performance.now();
  for await (const block of counts.blocks({ signal })) {
    throwIfAborted(signal);
    map.add(block);
    sum.add(block);
    maximum.add(block);
    held.add(block);
    const read = block.firstPixel + block.pixels;
    if (performance.now() - drawn > REDRAW_MS) {
      drawn = performance.now();
      listen({ fraction: read / pixels, message: rowsRead(image, read), countMap: Float32Array.from(map.result()) });
    }
    await breathe();
  }
  const sumSpectrumNow = sum.result();
  const totalCounts = sumSpectrumNow.reduce((total, value) => total + value, 0);
  const totals = {
    countsRead: totalCounts,
    sumSpectrum: sumSpectrumNow,
    countMap: map.result(),
    maximumSpectrum: maximum.result(),
  };
  const blocks = held.blocks();
  const read =
    blocks === undefined
      ? image
      : { ...image, counts: storedCounts(counts.navigationShape, counts.channels, blocks, counts.kind) };
  return {
    image: read,
    shown: {
      counts: sharedCounts(read),
      title: image.title,
      grid: gridOf(image),
      energyAxis: image.energyAxis,
      channelLines: image.channelLines,
      metadata: image.metadata,
      images: image.images,
      findings: loadFindings(image, totals),
      totalCounts,
      statedCounts: image.loadReport.statedCounts,
      sumSpectrum: sumSpectrumNow,
      maximumSpectrum: totals.maximumSpectrum,
      countMap: Float32Array.from(totals.countMap),
    },
  };
}

function rowsRead({ counts: { navigationShape } }: SpectrumImage, pixels: number): string {
  const width = navigationShape.at(-1) ?? 1;
  const all = navigationShape.slice(0, -1).reduce((product, size) => product * size, 1);
  return `row ${Math.floor(pixels / width)} of ${all}`;
}

/** Keeps copies of blocks until they are too many; then none. */
function blockStore() {
  let blocks: CountBlock[] | undefined = [];
  const copies = new BlockCopies();
  return {
    add(block: CountBlock): void {
      if (blocks === undefined) return;
      blocks.push(copies.copy(block));
      if (copies.bytes > MOST_COUNT_BYTES) blocks = undefined;
    },
    blocks: () => blocks,
  };
}
