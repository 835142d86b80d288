/** A spectrum of another program, for comparison: read from EMSA/MAS (ISO 22029) and laid on the channels of this map. */
import { DataCheckError, parseMsa } from "@sigma-eds/core";
import type { PlottedAxis } from "./spectrum-picture.js";
import type { Pin } from "./spectrum-spec.js";
import { totalOf } from "./traces.js";

/**
 * A pin of the file's counts. Its pixels are so many that it has `meanCounts` in each: drawn per pixel it stands beside the others. Throws what `parseMsa` throws, and
 * {@link DataCheckError} for a file without energies or without counts.
 */
export function referencePin(text: string, name: string, axis: PlottedAxis, meanCounts: number): Pin {
  const { values, keywords, energies } = parseMsa(text, name);
  const number = (keyword: string): number | undefined => {
    const found = keywords.find((candidate) => candidate.name.toUpperCase() === keyword)?.value;
    const value = Number.parseFloat(found ?? "");
    return Number.isFinite(value) ? value : undefined;
  };
  const units = keywords.find((candidate) => candidate.name.toUpperCase() === "XUNITS")?.value ?? "keV";
  const unit = /^\s*e\s*v/i.test(units) ? 1e-3 : 1;
  const scale =
    energies === undefined ? number("XPERCHAN") : ((energies.at(-1) ?? 0) - (energies[0] ?? 0)) / (energies.length - 1);
  const offset = energies === undefined ? (number("OFFSET") ?? 0) : (energies[0] ?? 0);
  if (scale === undefined || !(scale > 0) || !axis.calibrated) {
    throw new DataCheckError("The energies of the reference spectrum are not known.", {
      where: name,
      expected: "XPERCHAN and OFFSET, and a map with calibrated energies",
    });
  }
  const spectrum = onAxis(values, offset * unit, scale * unit, axis);
  const total = totalOf(spectrum);
  if (!(total > 0)) {
    throw new DataCheckError("The reference spectrum holds no counts at these energies.", { where: name });
  }
  return {
    kind: "counts",
    name: `${name}, scaled`,
    pixels: Math.max(1, Math.round(total / Math.max(1e-9, meanCounts))),
    spectrum,
  };
}

/** Counts shared out to the channels that they overlap; a channel reaches half its width to both sides of its energy. */
function onAxis(values: readonly number[], offset: number, scale: number, axis: PlottedAxis): number[] {
  const counts = new Array<number>(axis.size).fill(0);
  values.forEach((value, i) => {
    const from = (offset + (i - 0.5) * scale - axis.offset) / axis.scale + 0.5;
    const to = from + scale / axis.scale;
    for (let c = Math.max(0, Math.floor(from)); c < Math.min(axis.size, Math.ceil(to)); c++) {
      counts[c]! += (Math.max(0, value) * (Math.min(to, c + 1) - Math.max(from, c))) / (to - from);
    }
  });
  return counts;
}
