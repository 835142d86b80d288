/** A set of element maps as a spectrum image: each map is a channel, so that everything that does not need energies works on it. */
import { DataCheckError, throwIfAborted } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { blockBuilder } from "../../spectrum-image/block-builder.js";
import type { BlockOptions, CountSource } from "../../spectrum-image/counts.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { ElementMapPicture, MapSet } from "./open-maps.js";

const MOST_CHANNELS = 65_536;

/**
 * The maps of the set as channels, named in `channelLines`: by their X-ray line where their name has one, else by their element. Values that are not
 * numbers, and values below 0, count as 0, with a warning. They are counts where they can be counts: whole numbers, of a picture that was neither compressed, coloured
 * nor stretched to the full range of its numbers; else intensities. Electron images become pictures of the image.
 */
export function imageOfMaps(set: MapSet, title: string): SpectrumImage {
  if (set.maps.length > MOST_CHANNELS) {
    throw new DataCheckError("There are too many maps.", {
      found: String(set.maps.length),
      expected: `at most ${MOST_CHANNELS}`,
    });
  }
  const doubt = whyNotCounts(set);
  const counts = mapSource(set, doubt === undefined ? "counts" : "intensity");
  const [pixelX, pixelY] = set.maps[0]!.image.pixelSizeUm ?? [undefined, undefined];
  return {
    title,
    counts,
    navigationAxes: [lengthAxis("y", set.height, pixelY), lengthAxis("x", set.width, pixelX)],
    energyAxis: { name: "map", size: set.maps.length, offset: undefined, scale: undefined, units: undefined },
    channelLines: channelNames(set.maps),
    images: set.electrons.map(({ image }) => image),
    metadata: { title, detector: {}, elements: [...new Set(set.maps.map(({ element }) => element))].sort() },
    originalMetadata: { maps: set.maps.map(({ image }) => image.name) },
    loadReport: { findings: [...set.findings, ...findingsAbout(set, doubt)] },
  };
}

function lengthAxis(name: string, size: number, pixelUm: number | undefined): Axis {
  if (pixelUm === undefined) return { name, size, offset: undefined, scale: undefined, units: undefined };
  return { name, size, offset: 0, scale: pixelUm, units: "um" };
}

/** Unique: a second map of the same line or element has the name of its picture behind it. */
function channelNames(maps: readonly ElementMapPicture[]): string[] {
  const names = maps.map(({ element, line }) => line ?? element);
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${maps[i]!.image.name})`));
}

/** Blocks of one row, made when they are asked for. */
function mapSource({ maps, width, height }: MapSet, kind: CountSource["kind"]): CountSource {
  return {
    navigationShape: [height, width],
    channels: maps.length,
    kind,
    async *blocks({ signal }: BlockOptions = {}) {
      const builder = blockBuilder(maps.length, kind);
      for (let y = 0; y < height; y++) {
        throwIfAborted(signal);
        for (let p = y * width; p < (y + 1) * width; p++) {
          for (let c = 0; c < maps.length; c++) {
            const value = maps[c]!.image.data[p]!;
            if (value > 0 && Number.isFinite(value)) builder.add(c, value);
          }
          builder.endPixel();
        }
        yield builder.block(y * width);
      }
    },
  };
}

/** What speaks against counts, in a few words; undefined where nothing does. */
function whyNotCounts({ maps, findings }: MapSet): string | undefined {
  if (findings.some(({ code }) => code === "lossy-picture")) return "they are compressed pictures";
  if (findings.some(({ code }) => code === "colours")) return "they are coloured pictures";
  for (const { image } of maps) {
    const full = image.data instanceof Uint8Array ? 255 : image.data instanceof Uint16Array ? 65_535 : undefined;
    let most = 0;
    for (const value of image.data) {
      if (Number.isFinite(value) && value !== Math.floor(value)) return `${image.name} holds numbers that are not whole`;
      if (value > most) most = value;
    }
    if (most === full) return `${image.name} fills the range of its numbers (0 to ${full}), as pictures that were stretched do`;
  }
  return undefined;
}

function findingsAbout({ maps, others, electrons }: MapSet, doubt: string | undefined): Finding[] {
  const findings: Finding[] = [
    {
      severity: "info",
      code: "element-maps",
      message: `${maps.length} element maps and no spectra: every map is a channel.`,
      disables: ["phases found by themselves", "quantification", "energies"],
    },
  ];
  if (doubt === undefined)
    findings.push({
      severity: "info",
      code: "maps-are-counts",
      message: "The maps hold whole numbers, which are taken as counts.",
    });
  else
    findings.push({
      severity: "info",
      code: "maps-are-intensities",
      message: `The maps are not taken as counts, because ${doubt}.`,
      disables: ["counting statistics"],
    });
  for (const { image } of maps) findings.push(...missingFindings(image.name, image.data));
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(", ");
    findings.push({
      severity: "info",
      code: "pictures-left-out",
      message: `Pictures that no name makes an element or electron image are left out: ${names}.`,
    });
  }
  if (electrons.length > 0) {
    const names = electrons.map(({ image }) => image.name).join(", ");
    findings.push({ severity: "info", code: "electron-images", message: `Electron images that may be features: ${names}.` });
  }
  return findings;
}

function missingFindings(name: string, data: ArrayLike<number>): Finding[] {
  let [missing, negative] = [0, 0];
  for (let p = 0; p < data.length; p++) {
    if (!Number.isFinite(data[p]!)) missing += 1;
    else if (data[p]! < 0) negative += 1;
  }
  const said = (count: number, what: string): Finding[] =>
    count === 0
      ? []
      : [
          {
            severity: "warning",
            code: "map-values",
            message: `${name}: ${count} of ${data.length} values are ${what} and count as 0.`,
          },
        ];
  return [...said(missing, "no numbers"), ...said(negative, "below 0")];
}
