import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { featureMaps } from "../../algorithms/preprocess/feature-maps.js";
import type { Analysis, ElementMap } from "../analysis.js";
import { mapsAsked, mapValues } from "../map-image.js";
import type { Step, StepContext } from "../step.js";

const schema = z.strictObject({
  step: z.literal("maps"),
  background: featureMaps.parameters.shape.background,
});

/** A map of each chosen line, in counts, for pictures and files. */
export const maps: Step<typeof schema> = {
  id: "maps",
  title: "Element maps",
  summary: "Counts each chosen X-ray line at each pixel.",
  schema,
  async run(analysis, { background }, context) {
    if (analysis.lines.length === 0) return { ...analysis, elementMaps: [] };
    const { channelLines } = analysis.image;
    if (channelLines !== undefined) return { ...analysis, elementMaps: await mapsAsTheyAre(analysis, channelLines, context) };
    const parameters = parseParameters(featureMaps, { lines: [...analysis.lines], background });
    const { lines, windows, data } = await featureMaps.run(analysis.image, parameters, context);
    const elementMaps = lines.map((line, column): ElementMap => {
      const { fromKev, toKev } = windows[column]!;
      return { line, fromKev, toKev, background, data: columnOf(data, lines.length, column) };
    });
    return { ...analysis, elementMaps };
  },
};

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
