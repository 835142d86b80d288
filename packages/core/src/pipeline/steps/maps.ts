import { z } from "zod";
import { fitMaps } from "../../algorithms/line-fit/fit-maps.js";
import { parseParameters } from "../../algorithms/parameters.js";
import { featureMaps } from "../../algorithms/preprocess/feature-maps.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Analysis, ElementMap } from "../analysis.js";
import { mapsAsked, mapValues } from "../map-image.js";
import type { Step, StepContext } from "../step.js";
import { conditionsOf, reasonAgainst } from "./identify.js";

const schema = z.strictObject({
  step: z.literal("maps"),
  method: z.enum(["windows", "fit"]).default("windows").meta({
    title: "Method",
    description:
      "windows: counts in a window around each line; fit: all lines and the continuum are fitted to every pixel, so that lines that overlap come apart, with a variance for each value. The fit is for bulk samples.",
  }),
  background: featureMaps.parameters.shape.background,
});

type Given = z.output<typeof schema>;

/** A map of each chosen line, in counts, for pictures and files. */
export const maps: Step<typeof schema> = {
  id: "maps",
  title: "Element maps",
  summary: "Counts each chosen X-ray line at each pixel.",
  schema,
  async run(analysis, given, context) {
    if (analysis.lines.length === 0) return { ...analysis, elementMaps: [] };
    const { channelLines } = analysis.image;
    if (channelLines !== undefined) return { ...analysis, elementMaps: await mapsAsTheyAre(analysis, channelLines, context) };
    if (given.method === "windows") return { ...analysis, elementMaps: await mapsInWindows(analysis, given, context) };
    const reason = reasonAgainst(analysis.image);
    if (reason === undefined) return fittedMaps(analysis, context);
    const inWindows = { ...analysis, elementMaps: await mapsInWindows(analysis, given, context) };
    return withWarning(inWindows, `Element maps are counted in windows and not fitted: ${reason}`);
  },
};

async function mapsInWindows(
  { image, lines: asked }: Analysis,
  { background }: Given,
  context: StepContext,
): Promise<ElementMap[]> {
  const parameters = parseParameters(featureMaps, { lines: [...asked], background });
  const { lines, windows, data } = await featureMaps.run(image, parameters, context);
  return lines.map((line, column): ElementMap => {
    const { fromKev, toKev } = windows[column]!;
    return { line, fromKev, toKev, background, data: columnOf(data, lines.length, column) };
  });
}

async function fittedMaps(analysis: Analysis, context: StepContext): Promise<Analysis> {
  const { image, sumSpectrum: known } = analysis;
  const { counts } = image;
  const axis = image.energyAxis as CalibratedEnergyAxis;
  const { conditions } = conditionsOf(image, { window: "polymer", takeOffAngleDeg: undefined });
  const [sum] = known === undefined ? await pass(counts, [sumSpectrum(counts)], { signal: context.signal }) : [known];
  const fitted = await fitMaps(counts, sum, axis, conditions, analysis.lines, context);
  const { lines, leftOut, values, variances, fromKev, toKev } = fitted;
  const elementMaps = lines.map((line, column): ElementMap => {
    const [data, variance] = [values, variances].map((all) => columnOf(all, lines.length, column));
    return { line, fromKev, toKev, background: "fit", data: data!, variance };
  });
  const made = { ...analysis, elementMaps };
  if (leftOut.length === 0) return made;
  return withWarning(made, `There are no maps of ${leftOut.join(", ")}: outside the range that is fitted.`);
}

function withWarning(analysis: Analysis, warning: string): Analysis {
  return { ...analysis, warnings: [...new Set([...analysis.warnings, warning])] };
}

async function mapsAsTheyAre(
  { image, lines }: Analysis,
  channelLines: readonly string[],
  context: StepContext,
): Promise<ElementMap[]> {
  const data = await mapValues(image, mapsAsked(channelLines, lines, "maps"), context);
  return lines.map((line, column) => ({
    line,
    fromKev: undefined,
    toKev: undefined,
    background: "none",
    data: columnOf(data, lines.length, column),
  }));
}

function columnOf(data: Float32Array, columns: number, column: number): Float32Array {
  const out = new Float32Array(data.length / columns);
  for (let i = 0; i < out.length; i++) out[i] = data[i * columns + column]!;
  return out;
}
