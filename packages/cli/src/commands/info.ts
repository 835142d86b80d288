import {
  type Axis,
  countMap,
  type FileContents,
  type Finding,
  isEnergyCalibrated,
  loadFindings,
  maximumSpectrum,
  pass,
  type SpectrumImage,
  sha256Int64,
  sumSpectrum,
} from "@sigma-eds/core";
import type { Host } from "../host.js";
import { openInput } from "../input.js";

export interface InfoOptions {
  readonly axes?: readonly string[];
  readonly detectors?: readonly string[];
  readonly frames?: { readonly start: number; readonly end: number };
  readonly json?: boolean;
  readonly hash?: boolean;
}

/** `sigma info`: everything about a file, for people or as JSON. Reads every count once, so that totals are true. */
export async function info(path: string, options: InfoOptions, host: Host): Promise<void> {
  const input = await openInput(path, {
    signal: host.signal,
    axes: options.axes,
    detectors: options.detectors,
    frames: options.frames,
  });
  try {
    const datasets = [];
    for (const image of input.contents.datasets) datasets.push(await describe(image, options.hash ?? false, host.signal));
    const { format, images, findings = [] } = input.contents;
    const document = { file: path, format, datasets, images: images.map(describeImage), findings };
    host.out(options.json ? `${JSON.stringify(document, null, 2)}\n` : forPeople(document));
  } finally {
    await input.close();
  }
}

type Description = Awaited<ReturnType<typeof describe>>;
type ImageDescription = ReturnType<typeof describeImage>;

async function describe(image: SpectrumImage, hash: boolean, signal: AbortSignal) {
  const { counts, navigationAxes, energyAxis, metadata } = image;
  const [sum, map, most] = await pass(counts, [sumSpectrum(counts), countMap(counts), maximumSpectrum(counts)], { signal });
  const total = sum.reduce((a, b) => a + b, 0);
  const peak = sum.reduce((best, value, i) => (value > sum[best]! ? i : best), 0);
  return {
    title: image.title,
    shape: [...counts.navigationShape, counts.channels],
    kind: counts.kind,
    axes: [...navigationAxes, energyAxis],
    instrument: metadata.instrument,
    beamEnergyKev: metadata.beamEnergyKev,
    magnification: metadata.magnification,
    detector: metadata.detector,
    stage: metadata.stage,
    acquiredAt: metadata.acquiredAt,
    elements: metadata.elements,
    sum: total,
    countsPerPixel: total / map.length,
    sumSpectrumPeak: {
      channel: peak,
      energyKev: isEnergyCalibrated(energyAxis) ? energyAxis.offset + peak * energyAxis.scale : undefined,
    },
    images: image.images.map(describeImage),
    loadReport: {
      statedCounts: image.loadReport.statedCounts,
      findings: loadFindings(image, { countsRead: total, sumSpectrum: sum, countMap: map, maximumSpectrum: most }),
    },
    ...(hash ? { sum_spectrum_sha256_int64le: await sha256Int64(sum), count_map_sha256_int64le: await sha256Int64(map) } : {}),
  };
}

function describeImage(image: FileContents["images"][number]) {
  return { name: image.name, width: image.width, height: image.height, pixelSizeUm: image.pixelSizeUm };
}

interface InfoDocument {
  readonly file: string;
  readonly format: string;
  readonly datasets: readonly Description[];
  /** Images and findings that belong to no dataset. */
  readonly images: readonly ImageDescription[];
  readonly findings: readonly Finding[];
}

function forPeople(document: InfoDocument): string {
  const lines = [`${document.file}  (${document.format})`];
  for (const [i, dataset] of document.datasets.entries()) lines.push("", ...describeLines(dataset, i));
  if (document.images.length > 0) lines.push("", `Images: ${document.images.map(imageText).join(", ")}`);
  lines.push(...document.findings.map(findingText));
  return `${lines.join("\n")}\n`;
}

function describeLines(dataset: Description, index: number): string[] {
  const rows: [string, string | undefined][] = [
    [
      "Beam",
      dataset.beamEnergyKev === undefined
        ? undefined
        : `${digits(dataset.beamEnergyKev)} kV${dataset.instrument === undefined ? "" : `, ${dataset.instrument}`}`,
    ],
    ["Detector", detectorText(dataset.detector)],
    ["Elements", dataset.elements.length > 0 ? dataset.elements.join(" ") : undefined],
    ["Acquired", dataset.acquiredAt],
    ["Counts", countsText(dataset)],
    ["Images", dataset.images.length > 0 ? dataset.images.map(imageText).join(", ") : undefined],
    ["Sum SHA-256", dataset.sum_spectrum_sha256_int64le],
    ["Map SHA-256", dataset.count_map_sha256_int64le],
  ];
  return [
    `Dataset ${index}: ${dataset.title || "untitled"}, ${sizeText(dataset.shape)}`,
    ...dataset.axes.map((axis) => `  ${axisText(axis)}`),
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(11)} ${value}`])),
    ...dataset.loadReport.findings.map((finding) => `  ${findingText(finding)}`),
  ];
}

function findingText({ severity, message, disables }: Finding): string {
  return `${severity === "warning" ? "!" : "-"} ${message}${without(disables)}`;
}

/** The last of a shape is the number of channels. */
function sizeText(shape: readonly number[]): string {
  const pixels = shape.slice(0, -1);
  return pixels.length === 0 ? `a spectrum of ${shape[0]} channels` : `${pixels.join(" x ")} pixels x ${shape.at(-1)} channels`;
}

function countsText({ shape, sum, countsPerPixel }: Description): string {
  const total = sum.toLocaleString("en-GB");
  const mean = countsPerPixel.toLocaleString("en-GB", { maximumSignificantDigits: 3 });
  return shape.length === 1 ? total : `${total} (${mean} per pixel)`;
}

/** At most six digits: what the file states may have come out of a calculation. */
function digits(value: number): number {
  return Number(value.toPrecision(6));
}

function without(what: readonly string[] | undefined): string {
  return what === undefined || what.length === 0 ? "" : ` Without it: no ${what.join(", no ")}.`;
}

function axisText({ name, size, offset, scale, units }: Axis): string {
  const calibration =
    scale === undefined
      ? "not calibrated"
      : `${Number(scale.toPrecision(7))} ${units ?? "(unit unknown)"} a step, from ${Number((offset ?? 0).toPrecision(7))}`;
  return `${name.padEnd(11)} ${size}, ${calibration}`;
}

function detectorText(detector: Description["detector"]): string | undefined {
  const parts = [
    detector.type,
    detector.resolutionEv === undefined ? undefined : `${digits(detector.resolutionEv)} eV at Mn Ka`,
    detector.elevationAngleDeg === undefined ? undefined : `elevation ${digits(detector.elevationAngleDeg)}°`,
    detector.azimuthAngleDeg === undefined ? undefined : `azimuth ${digits(detector.azimuthAngleDeg)}°`,
    detector.realTimeS === undefined ? undefined : `real time ${digits(detector.realTimeS)} s`,
    detector.liveTimeS === undefined ? undefined : `live time ${digits(detector.liveTimeS)} s`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function imageText({ name, width, height }: ImageDescription): string {
  return `${name} ${width} x ${height}`;
}
