/** Products of all rows with thin matrices, one after another, by this thread or by several that share the sections of the rows. */
import { type BlockWork, beginBlocks } from "../../../kernels/threads/block-work.js";
import { memoryFor } from "../../../kernels/threads/same-memory.js";
import type { CountBlock } from "../../../spectrum-image/counts.js";
import {
  addSections,
  bytesOf,
  SECTION_ROWS,
  type SharedSpectra,
  sectionsOf,
  visitSections,
  worthSharing,
} from "../row-sections.js";
import { runsBetween } from "../spectra-rows.js";
import { narrowed } from "../thin-products/thin-products.js";
import { type ProductKind, type ProductMatrices, sectionProducts, strideOf } from "./section-products.js";

export interface RowProducts extends ProductMatrices {
  /** Xᵀ Y or Xᵀ X B, float64 [channels x width]; of `right` nothing, which leaves X B in Y. */
  times(kind: ProductKind): Promise<Float64Array<ArrayBuffer>>;
  /** Lets threads forget the rows. */
  end(): void;
}

/** The rows that threads share. What is not stored lies in memory that all see. */
interface ProductRows extends ProductMatrices {
  readonly stored: readonly CountBlock[];
  readonly mask: Uint8Array | undefined;
  readonly channels: number;
  readonly width: number;
  /** What each section gives: float64 [sections x channels x stride]. */
  readonly found: Float64Array;
}

/** Multiplies a section; what it gives lies in shared memory. */
export const productWork: BlockWork<ProductRows, ProductKind, undefined> = {
  name: "row-products",
  bytes: ({ stored }) => bytesOf(stored),
  async begin({ stored, mask, channels, width, wide, tall, found }) {
    const own = await sectionProducts(channels, width, { wide, tall });
    const length = channels * strideOf(width);
    return {
      stage: (kind) => own.stage(kind),
      block(section) {
        const first = section * SECTION_ROWS;
        runsBetween(stored, first, first + SECTION_ROWS, mask, (run) => own.add(run));
        own.take(found.subarray(section * length, (section + 1) * length));
        return undefined;
      },
    };
  },
};

/** For matrices of `width` columns; threads of the context help where that pays. */
export async function rowProducts(shared: SharedSpectra, width: number): Promise<RowProducts> {
  const { spectra, mask, context } = shared;
  const { rows, channels } = spectra;
  const length = channels * strideOf(width);
  const stored = worthSharing(shared, length);
  const made = (numbers: number) => new Float64Array(memoryFor(stored && context.threads, 8 * numbers));
  const matrices = { wide: made(channels * width), tall: made(rows * width) };
  if (stored === undefined) return soleProducts(shared, width, matrices);
  const found = made(sectionsOf(spectra) * length);
  const blocks = await beginBlocks(productWork, { stored, mask, channels, width, ...matrices, found }, context);
  return {
    ...matrices,
    async times(kind) {
      await blocks.run(kind, sectionsOf(spectra), () => {});
      const total = new Float64Array(length);
      if (kind !== "right") addSections(total, found);
      return narrowed(total, strideOf(width), width);
    },
    end: () => blocks.end(),
  };
}

async function soleProducts(shared: SharedSpectra, width: number, matrices: ProductMatrices): Promise<RowProducts> {
  const { channels } = shared.spectra;
  const own = await sectionProducts(channels, width, matrices);
  const section = new Float64Array(channels * strideOf(width));
  return {
    ...matrices,
    async times(kind) {
      const total = new Float64Array(section.length);
      own.stage(kind);
      const end = (): void => {
        own.take(section);
        if (kind !== "right") addSections(total, section);
      };
      await visitSections(shared, (run) => own.add(run), end);
      return narrowed(total, strideOf(width), width);
    },
    end() {},
  };
}
