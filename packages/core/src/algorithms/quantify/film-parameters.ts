/** Parameters that every method for films has. */
import { z } from "zod";
import { ParameterError } from "../../errors.js";

export const filmParameters = {
  lines: z.array(z.string().min(1)).max(100).default([]).meta({
    title: "X-ray lines",
    description:
      "One line per element, for example Si_Ka. All elements of the sample must be among them, since the fractions sum to 1.",
  }),
  background: z.enum(["none", "linear"]).default("linear").meta({
    title: "Background",
    description: "linear: minus a straight line between windows at both sides; none: all counts in the window, as in SIGMA.",
  }),
  resolutionEv: z.number().min(20).max(500).optional().meta({
    title: "Detector resolution",
    unit: "eV",
    description: "Full width at half maximum at Mn Ka, from which the windows are made. Left open: what the file says, else 130.",
  }),
  minimumCounts: z.number().min(1).max(1e12).default(100).meta({
    title: "Fewest counts",
    unit: "net counts",
    description: "A pixel or class whose lines have fewer net counts together is not quantified.",
  }),
  takeOffAngleDeg: z.number().min(5).max(90).optional().meta({
    title: "Take-off angle",
    unit: "deg",
    description: "Between the film's surface and the direction to the detector, for absorption. Left out: as the file says.",
  }),
};

const LEAST_DEG = 5;

/** The angle given, or that of the file. Throws `ParameterError` where neither is there: absorption depends on it. */
export function takeOffAngleOf(stated: number | undefined, given: number | undefined, where: string): number {
  if (given !== undefined) return given;
  if (stated !== undefined && stated >= LEAST_DEG) return stated;
  throw new ParameterError("The file states no take-off angle, and absorption depends on it.", {
    where,
    field: "takeOffAngleDeg",
    remedy: "Give takeOffAngleDeg.",
  });
}
