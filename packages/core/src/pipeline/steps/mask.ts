import { z } from "zod";
import { countMap, pass } from "../../spectrum-image/pass.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";

const schema = z.strictObject({
  step: z.literal("mask"),
  minimumCounts: z.number().min(0).default(1).meta({
    title: "Fewest counts",
    unit: "counts per pixel",
    description: "Pixels with fewer counts are left out of clustering and unmixing and stay unassigned.",
  }),
});

/** Leaves out pixels that hold too little to say anything. */
export const mask: Step<typeof schema> = {
  id: "mask",
  title: "Mask",
  summary: "Leaves out pixels with too few counts.",
  schema,
  async run(analysis, { minimumCounts }, context) {
    const { counts } = analysis.image;
    const [map] = await pass(counts, [countMap(counts)], context);
    const before = analysis.mask;
    const inside = Uint8Array.from(map, (value, i) => (value >= minimumCounts && before?.[i] !== 0 ? 1 : 0));
    const left = inside.reduce((sum, value) => sum + value, 0);
    const choice = `${inside.length - left} of ${inside.length} pixels have fewer than ${minimumCounts} counts and are left out.`;
    const masked = { ...analysis, mask: inside };
    return left === inside.length ? masked : tell(masked, [{ severity: "info", code: "masked", message: choice }]);
  },
};
