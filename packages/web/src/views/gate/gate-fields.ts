/** Everything that a rule may limit. */
import { grainAreas, lineText } from "@sigma-eds/core";
import { certaintyOf } from "../../session/derived/certainty.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { extentOf } from "./gate-rules.js";

export interface GateField {
  /** As it is called in conditions: `Fe_Ka`, `grain_px`. */
  readonly name: string;
  /** `Fe Kα` */
  readonly title: string;
  /** `counts`; empty for shares. */
  readonly unit: string;
  /** Float32 [pixels]. */
  readonly data: Float32Array;
  readonly extent: readonly [least: number, most: number];
  /** Only whole numbers. */
  readonly isWhole: boolean;
}

type GateSource = Pick<AnalysisSnapshot, "elementMaps" | "membership" | "labels" | "grid">;

/** Counts of lines first, then how sure the classes are and how large their grains. */
export function gateFields({ elementMaps, membership, labels, grid }: GateSource): readonly GateField[] {
  const fields = elementMaps.map(({ line, data }) => fieldOf(line, lineText(line), "counts", data));
  if (membership !== undefined) {
    const { best, entropy } = certaintyOf(membership);
    fields.push(fieldOf("membership", "Membership", "", best), fieldOf("entropy", "Entropy", "", entropy));
  }
  if (labels !== undefined) {
    const pixels = grainAreas(labels, grid);
    fields.push(fieldOf("grain_px", "Area of the grain", "px", pixels));
    if (grid.pixelSizeUm !== undefined) {
      const area = grid.pixelSizeUm[0] * grid.pixelSizeUm[1];
      fields.push(fieldOf("grain_um2", "Area of the grain", "µm²", pixels.map((count) => count * area))); // biome-ignore format: one
    }
  }
  return fields;
}

function fieldOf(name: string, title: string, unit: string, data: Float32Array): GateField {
  const isWhole = unit !== "" && data.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { name, title, unit, data, extent: extentOf(data), isWhole };
}

/** `Fe Kα, counts` */
export function fieldText({ title, unit }: Pick<GateField, "title" | "unit">): string {
  return unit === "" ? title : `${title}, ${unit}`;
}

/** Decimals in which limits of a field are written. */
export function limitDecimals({ isWhole, extent: [least, most] }: Pick<GateField, "isWhole" | "extent">): number {
  if (isWhole) return 0;
  return Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(Math.max(1e-6, most - least)))));
}
