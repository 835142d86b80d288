import { z } from "zod";
import { ParameterError } from "../../errors.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import { pass } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { grossSum, netSum } from "./line-background.js";
import { type LineWindow, requireEnergyAxis, USUAL_RESOLUTION_EV, windowsOfLines } from "./line-windows.js";
import { type ChannelSum, weightedMaps } from "./weighted-maps.js";

const parameters = z.strictObject({
  lines: z.array(z.string().min(1)).max(200).default([]).meta({
    title: "X-ray lines",
    description:
      "Lines to map, for example Fe_Ka. Lines that lie outside the energy axis or above the beam energy are left out with a warning.",
  }),
  background: z.enum(["none", "linear"]).default("none").meta({
    title: "Background",
    description: "none: all counts in the window; linear: minus a straight line between windows at both sides.",
  }),
  lineCentre: z.enum(["mean", "strongest"]).default("mean").meta({
    title: "Centre of a line",
    description:
      "mean: where the peak of a line lies that joins several (Ka1 with Ka2); strongest: its strongest member, as in HyperSpy and SIGMA.",
  }),
  resolutionEv: z
    .number()
    .min(20)
    .max(500)
    .optional()
    .meta({
      title: "Detector resolution",
      description: `Full width at half maximum at Mn Ka, from which the windows are made. Left open: what the file says, else ${USUAL_RESOLUTION_EV}.`,
      unit: "eV",
    }),
});

/** Maps of X-ray lines, column by column. */
export interface LineMaps {
  /** `Fe_Ka`, ..., in column order. */
  readonly lines: readonly string[];
  readonly windows: readonly LineWindow[];
  /** Float32 [pixels x lines], row-major: counts. With a background subtracted a value may be negative. */
  readonly data: Float32Array;
  /** Float32 [pixels x lines]: variance of `data` by counting statistics; only with a background (without one it equals `data`). */
  readonly variances: Float32Array | undefined;
  readonly background: "none" | "linear";
  readonly findings: readonly Finding[];
}

/**
 * Counts of each line at each pixel, on the window from E - FWHM to E + FWHM as HyperSpy and SIGMA take it. With `linear`, minus the
 * background of side windows (Goldstein et al. 2018, Scanning Electron Microscopy and X-Ray Microanalysis, 4th edition, chapter 17).
 */
export const featureMaps: Algorithm<typeof parameters, SpectrumImage, LineMaps> = {
  id: "feature-maps",
  name: "Maps of X-ray lines",
  summary: "Counts each X-ray line at each pixel, with or without the background beneath it.",
  reference: "Goldstein et al. 2018, doi:10.1007/978-1-4939-6676-9",
  parameters,
  run: runFeatureMaps,
};

async function runFeatureMaps(
  image: SpectrumImage,
  { lines, background, lineCentre, resolutionEv }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<LineMaps> {
  const resolution = resolutionEv ?? image.metadata.detector.resolutionEv ?? USUAL_RESOLUTION_EV;
  const { windows, findings } = windowsOfLines(image, lines, { resolutionEv: resolution, centre: lineCentre });
  if (windows.length === 0) {
    throw new ParameterError(lines.length === 0 ? "There are no lines to map." : "None of the lines can be mapped.", {
      where: "feature-maps",
      field: "lines",
      expected: "at least one line on the energy axis and below the beam energy",
      remedy: "Name lines such as Si_Ka, or let them be chosen from the spectrum.",
    });
  }
  const { sums, findings: more } = sumsOf(image, windows, background);
  const [{ values, variances }] = await pass(image.counts, [weightedMaps(image.counts, sums, background !== "none")], context);
  context.onProgress?.(1);
  return {
    lines: windows.map(({ line }) => line),
    windows,
    data: values,
    variances,
    background,
    findings: [...findings, ...more],
  };
}

function sumsOf(
  image: SpectrumImage,
  windows: readonly LineWindow[],
  background: "none" | "linear",
): { sums: ChannelSum[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const axis = requireEnergyAxis(image);
  const sums = windows.map((window) => {
    if (background === "none") return grossSum(window.channels);
    const others = windows.filter((other) => other !== window);
    const net = netSum(window, others, axis);
    if (net !== undefined) return net;
    findings.push({
      severity: "warning",
      code: "no-background-window",
      message: `There is no free channel beside ${window.line} to take its background from; its gross counts are given.`,
    });
    return grossSum(window.channels);
  });
  return { sums, findings };
}
