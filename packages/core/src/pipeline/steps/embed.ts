import { z } from "zod";
import { pca } from "../../algorithms/embed/pca.js";
import { umap } from "../../algorithms/embed/umap/umap.js";
import { matrixOf } from "../../kernels/matrix.js";
import { need } from "../need.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";

const umapSchema = umap.parameters.extend({ step: z.literal("embed"), method: z.literal("umap") });
const pcaSchema = pca.parameters.extend({ step: z.literal("embed"), method: z.literal("pca") });
const schema = z.discriminatedUnion("method", [umapSchema, pcaSchema]);

/** Lays the pixels out in few dimensions, so that alike pixels lie together. */
export const embed: Step<typeof schema> = {
  id: "embed",
  title: "Latent space",
  summary: "Lays the pixels out in few dimensions, so that alike pixels lie together.",
  schema,
  async run(analysis, given, context) {
    const { data, lines } = need(analysis.features, "embed", "features", "features");
    const input = { features: matrixOf(data.length / lines.length, lines.length, data), mask: analysis.mask };
    const { latent, findings } =
      given.method === "umap" ? await umap.run(input, given, context) : await pca.run(input, given, context);
    return tell({ ...analysis, latent: { method: given.method, dimensions: latent.columns, data: latent.data } }, findings);
  },
};
