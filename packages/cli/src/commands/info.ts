import {
  type Axis,
  countMap,
  type FileContents,
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
  readonly json?: boolean;
  readonly hash?: boolean;
}

/** `sigma info`: everything about a file, for people or as JSON. Reads every count once, so that totals are true. */
export async function info(path: string, options: InfoOptions, host: Host): Promise<void> {
  const input = await openInput(path, { signal: host.signal, axes: options.axes });
  try {
    const datasets = [];
    for (const image of input.contents.datasets) datasets.push(await describe(image, options.hash ?? false, host.signal));
    const document = { file: path, format: input.contents.format, datasets, images: input.contents.images.map(describeImage) };
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

function forPeople(document: { file: string; format: string; datasets: Description[]; images: ImageDescription[] }): string {
  const lines = [`${document.file}  (${document.format})`];
  for (const [i, dataset] of document.datasets.entries()) lines.push("", ...describeLines(dataset, i));
  if (document.images.length > 0) lines.push("", `Images: ${document.images.map(imageText).join(", ")}`);
  return `${lines.join("\n")}\n`;
}

function describeLines(dataset: Description, index: number): string[] {
  const rows: [string, string | undefined][] = [
    [
      "Beam",
      dataset.beamEnergyKev === undefined
        ? undefined
        : `${dataset.beamEnergyKev} kV${dataset.instrument === undefined ? "" : `, ${dataset.instrument}`}`,
    ],
    ["Detector", detectorText(dataset.detector)],
    ["Elements", dataset.elements.length > 0 ? dataset.elements.join(" ") : undefined],
    ["Acquired", dataset.acquiredAt],
    ["Counts", `${dataset.sum.toLocaleString("en-GB")} (${dataset.countsPerPixel.toPrecision(3)} per pixel)`],
    ["Images", dataset.images.length > 0 ? dataset.images.map(imageText).join(", ") : undefined],
    ["Sum SHA-256", dataset.sum_spectrum_sha256_int64le],
    ["Map SHA-256", dataset.count_map_sha256_int64le],
  ];
  return [
    `Dataset ${index}: ${dataset.title || "untitled"}, ${dataset.shape.slice(0, -1).join(" x ") || "one"} pixels x ${dataset.shape.at(-1)} channels`,
    ...dataset.axes.map((axis) => `  ${axisText(axis)}`),
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(11)} ${value}`])),
    ...dataset.loadReport.findings.map(
      (finding) => `  ${finding.severity === "warning" ? "!" : "-"} ${finding.message}${disables(finding.disables)}`,
    ),
  ];
}

function disables(what: readonly string[] | undefined): string {
  return what === undefined || what.length === 0 ? "" : ` Without it: no ${what.join(", no ")}.`;
}

function axisText({ name, size, offset, scale, units }: Axis): string {
  const calibration =
    scale === undefined
      ? "not calibrated"
      : `${Number(scale.toPrecision(7))} ${units ?? ""} a step, from ${Number((offset ?? 0).toPrecision(7))}`;
  return `${name.padEnd(11)} ${size}, ${calibration}`;
}

function detectorText(detector: Description["detector"]): string | undefined {
  const parts = [
    detector.type,
    detector.resolutionEv === undefined ? undefined : `${detector.resolutionEv} eV at Mn Ka`,
    detector.elevationAngleDeg === undefined ? undefined : `elevation ${detector.elevationAngleDeg}°`,
    detector.azimuthAngleDeg === undefined ? undefined : `azimuth ${detector.azimuthAngleDeg}°`,
    detector.realTimeS === undefined ? undefined : `real time ${detector.realTimeS} s`,
    detector.liveTimeS === undefined ? undefined : `live time ${detector.liveTimeS} s`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function imageText({ name, width, height }: ImageDescription): string {
  return `${name} ${width} x ${height}`;
}
