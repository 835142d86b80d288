import { countOf, type Finding, formatCount, formatNumber, lineText, pixelSizeText } from "@sigma-eds/core";
import type { LoadedImage } from "../../worker/engine-protocol.js";

export interface CountsVerdict {
  readonly good: boolean;
  readonly sentence: string;
}

/** Whether every count was read, as far as the file lets one know. */
export function countsVerdict({
  totalCounts,
  statedCounts,
  channelLines,
}: Pick<LoadedImage, "totalCounts" | "statedCounts" | "channelLines">): CountsVerdict {
  if (channelLines !== undefined) {
    const maps = `${countOf(channelLines.length, "element map")} read: ${channelLines.map(lineText).join(", ")}.`;
    return { good: true, sentence: `${maps} There are no spectra; values are those of the maps, which need not be counts.` };
  }
  const read = formatCount(totalCounts);
  if (statedCounts === undefined) return { good: true, sentence: `${read} counts read; the file states no sum to compare with.` };
  const lost = statedCounts.value - totalCounts;
  if (lost === 0) return { good: true, sentence: `All ${read} counts read; equal to the file’s own sum.` };
  const share = (100 * Math.abs(lost)) / Math.max(1, statedCounts.value);
  const than = lost > 0 ? "more than were read" : "fewer than were read";
  const percent = formatNumber(share, 2);
  return {
    good: false,
    sentence: `The file states ${formatCount(statedCounts.value)} counts, ${formatCount(Math.abs(lost))} ${than} (${percent} %).`,
  };
}

/** Four digits: what a microscope states beyond them is rounding. */
function shortNumber(value: number): string {
  return formatNumber(value, 4);
}

/** What is known of how the image was taken, in words; what the file does not say is said to be missing. */
export function acquisitionFacts({
  grid,
  energyAxis,
  metadata,
  images,
  channelLines,
}: LoadedImage): [name: string, value: string][] {
  const { detector, beamEnergyKev, beamCurrentNa, acquiredAt, magnification } = metadata;
  const size = grid.pixelSizeUm;
  const known = (value: number | undefined, unit: string): string =>
    value === undefined ? "not in the file" : `${shortNumber(value)} ${unit}`;
  const scaleEv = energyAxis.scale === undefined ? undefined : energyAxis.scale * 1000;
  const facts: [string, string | undefined][] = [
    ["Map", `${grid.width} × ${grid.height}${grid.frames > 1 ? ` × ${grid.frames}` : ""} px`],
    ["Pixel size", size === undefined ? "not in the file: areas are in pixels" : pixelSizeText(size[0])],
    channelLines === undefined
      ? [
          "Channels",
          `${formatCount(energyAxis.size)} of ${scaleEv === undefined ? "unknown width" : `${shortNumber(scaleEv)} eV`}`,
        ]
      : ["Spectra", "none: maps of elements"],
    ["Beam", known(beamEnergyKev, "kV")],
    ["Beam current", beamCurrentNa === undefined ? undefined : known(beamCurrentNa, "nA")],
    ["Magnification", magnification === undefined ? undefined : `${shortNumber(magnification)} ×`],
    ["Resolution", known(detector.resolutionEv, "eV at Mn Kα")],
    ["Live time", detector.liveTimeS === undefined ? undefined : known(detector.liveTimeS, "s")],
    ["Pictures", images.length === 0 ? "none" : images.map(({ name }) => name).join(", ")],
    ["Acquired", acquiredAt?.replace("T", " ")],
    ["Elements in the file", metadata.elements.length === 0 ? "none" : metadata.elements.join(" ")],
  ];
  return facts.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}

/** From so many on, findings of one kind stand as one. */
const MANY_ALIKE = 3;

/** Findings in their order; many of one kind, as of each picture of a set, together where the first of them stands. */
export function alikeTogether(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  return findings.flatMap((finding): (readonly [Finding, ...Finding[]])[] => {
    const same = findings.filter(({ code, severity }) => code === finding.code && severity === finding.severity);
    if (same.length < MANY_ALIKE) return [[finding]];
    const [first, ...others] = same;
    return first === finding ? [[first, ...others]] : [];
  });
}
