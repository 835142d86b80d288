import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { classFeatures } from "../../algorithms/statistics/class-features.js";
import { classProportions } from "../../algorithms/statistics/class-proportions.js";
import { grainStatistics } from "../../algorithms/statistics/grain-statistics.js";
import { pixelAreaUm2 } from "../../spectrum-image/axis.js";
import type { Analysis } from "../analysis.js";
import { classTableOf } from "../edits/class-table.js";
import { need } from "../need.js";
import type { Step } from "../step.js";

const { soft, softThreshold } = classProportions.parameters.shape;

const schema = z.strictObject({
  step: z.literal("statistics"),
  ...grainStatistics.parameters.shape,
  soft,
  softThreshold,
});

/** Proportions of the classes, size and shape of every grain, and the features of each class. */
export const statistics: Step<typeof schema> = {
  id: "statistics",
  title: "Statistics",
  summary: "Measures how much of the map each class takes, and every connected grain of it.",
  schema,
  async run(analysis, given, context) {
    const { image, membership } = analysis;
    const labels = need(analysis.labels, "statistics", "classes", "find-phases or cluster");
    const { entries, countUnassigned } = classTableOf(analysis, labels);
    const ids = entries.map(({ id }) => id);
    const features = featuresOf(analysis);
    const { connectivity, minimumPixels, excludeEdge } = given;
    return {
      ...analysis,
      statistics: {
        proportions: await classProportions.run(
          { labels, ids, membership, pixelAreaUm2: pixelAreaUm2(image.navigationAxes) },
          parseParameters(classProportions, { soft: given.soft, softThreshold: given.softThreshold, countUnassigned }),
          context,
        ),
        grains: await grainStatistics.run(
          { labels, navigationAxes: image.navigationAxes, features },
          { connectivity, minimumPixels, excludeEdge },
          context,
        ),
        features: features === undefined ? undefined : await classFeatures.run({ labels, ids, features }, {}, context),
      },
    };
  },
};

/** Counts of the element maps where there are some, since they have a unit; else the features. */
function featuresOf({ elementMaps, features }: Analysis): { lines: readonly string[]; data: Float32Array } | undefined {
  if (elementMaps.length === 0) return features;
  const lines = elementMaps.map(({ line }) => line);
  const data = new Float32Array(elementMaps[0]!.data.length * lines.length);
  elementMaps.forEach((map, k) => {
    for (let p = 0; p < map.data.length; p++) data[p * lines.length + k] = map.data[p]!;
  });
  return { lines, data };
}
