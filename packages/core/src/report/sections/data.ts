import { formatCount, formatPercent } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { descriptions, type Page, paragraph, section } from "../report-page.js";

/** What the file held, and what the reader met. */
export function dataSection(page: Page): Markup {
  const { image, sumSpectrum } = page.analysis;
  const { metadata, loadReport } = image;
  const counts = sumSpectrum?.reduce((sum, value) => sum + value, 0);
  const notes = loadReport.findings.map(
    ({ message, disables = [] }) =>
      `${message}${disables.length === 0 ? "" : ` Not possible because of it: ${disables.join(", ")}.`}`,
  );
  return section(
    "data",
    "The data",
    saysTotal(page) ? undefined : stated(loadReport.statedCounts, counts),
    notes.length === 0
      ? undefined
      : element(
          "div",
          { class: "prose" },
          element(
            "ul",
            {},
            notes.map((note) => element("li", {}, note)),
          ),
        ),
    descriptions("meta", [
      ["Sample", metadata.title],
      ["Acquired", metadata.acquiredAt?.replace("T", " ")],
      ["Instrument", metadata.instrument],
      ["Beam", joined([number(metadata.beamEnergyKev, "kV"), number(metadata.beamCurrentNa, "nA")])],
      [
        "Detector",
        joined([
          metadata.detector.type,
          resolution(metadata.detector.resolutionEv),
          elevation(metadata.detector.elevationAngleDeg),
        ]),
      ],
      ["Time", joined([number(metadata.detector.liveTimeS, "s live"), number(metadata.detector.realTimeS, "s real")])],
      ["Elements named by the file", metadata.elements.join(", ")],
      ["Pictures", image.images.map(({ name, width, height }) => `${name} (${width} × ${height})`).join(", ")],
    ]),
  );
}

/** Whether a finding speaks of the total already, or a total has no meaning: intensities of maps have no unit in common. */
function saysTotal({ analysis }: Page): boolean {
  const { loadReport, channelLines, counts } = analysis.image;
  if (channelLines !== undefined && counts.kind === "intensity") return true;
  return loadReport.findings.some(({ code }) => code === "counts-read" || code === "counts-differ");
}

function stated(sum: { readonly value: number; readonly where: string } | undefined, counts: number | undefined): Markup {
  if (counts === undefined) return fragment();
  if (sum === undefined)
    return paragraph(`The image holds ${formatCount(counts)} counts. The file states no sum to compare with.`);
  if (sum.value === counts) return paragraph(`All ${formatCount(counts)} counts read; equal to the file's own sum.`);
  const share = Math.abs(sum.value - counts) / Math.max(1, sum.value);
  return paragraph(
    `The file states ${formatCount(sum.value)} counts (${sum.where}); the image as analysed holds ${formatCount(counts)}, a difference of ${formatPercent(share)}.`,
  );
}

function number(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${Number(value.toPrecision(6))} ${unit}`;
}

function resolution(valueEv: number | undefined): string | undefined {
  return valueEv === undefined ? undefined : `${Number(valueEv.toPrecision(4))} eV at Mn Kα`;
}

function elevation(valueDeg: number | undefined): string | undefined {
  return valueDeg === undefined ? undefined : `elevation ${Number(valueDeg.toPrecision(4))}°`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(", ");
}
