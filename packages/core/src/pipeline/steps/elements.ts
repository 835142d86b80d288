import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { chooseLines } from "../../algorithms/preprocess/choose-lines.js";
import { isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { partOf } from "../../spectrum-image/context.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { elementNamed } from "../../xray/elements.js";
import { lineNamed } from "../../xray/line-names.js";
import { mainLine } from "../../xray/lines.js";
import type { Analysis } from "../analysis.js";
import { mapsAsked } from "../map-image.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const schema = z.strictObject({
  step: z.literal("elements"),
  elements: z.array(z.string().min(1)).max(98).default([]).meta({
    title: "Elements",
    description: "Elements to map, for example Fe. Empty: those whose lines stand out in the spectrum.",
  }),
  lines: z
    .array(z.string().min(1))
    .max(200)
    .default([])
    .meta({ title: "X-ray lines", description: "Lines to map, for example Fe_Ka, instead of choosing one per element." }),
  significance: chooseLines.parameters.shape.significance,
});

interface Chosen {
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
}

/** Decides which X-ray lines are marked, mapped and used as features. */
export const elements: Step<typeof schema> = {
  id: "elements",
  title: "Elements",
  summary: "Decides which X-ray lines are marked, mapped and used as features.",
  schema,
  async run(analysis, given, context) {
    const { image } = analysis;
    if (image.channelLines !== undefined)
      return ofMaps(analysis, image.channelLines, [...given.lines, ...given.elements], context);
    const [sum] = await pass(image.counts, [sumSpectrum(image.counts)], partOf(context, 0, 0.2));
    const { lines, findings } = await chosenLines(image, given, partOf(context, 0.2, 1));
    const byEnergy = [...new Set(lines)].sort((a, b) => lineNamed(a).energyKev - lineNamed(b).energyKev);
    return tell({ ...analysis, sumSpectrum: sum, lines: byEnergy }, findings);
  },
};

/** The maps are the lines; those that were asked for, or all. */
async function ofMaps(
  analysis: Analysis,
  channelLines: readonly string[],
  asked: readonly string[],
  context: StepContext,
): Promise<Analysis> {
  const lines = mapsAsked(channelLines, asked, "elements").map((channel) => channelLines[channel]!);
  const [sum] = await pass(analysis.image.counts, [sumSpectrum(analysis.image.counts)], context);
  return tell({ ...analysis, sumSpectrum: sum, lines }, [note(`Element maps as the files name them: ${lines.join(", ")}.`)]);
}

async function chosenLines(image: SpectrumImage, given: z.output<typeof schema>, context: StepContext): Promise<Chosen> {
  if (given.lines.length > 0) return { lines: given.lines.map((line) => lineNamed(line).name), findings: [] };
  if (given.elements.length > 0) return { lines: linesOfElements(image, given.elements), findings: [] };
  if (!isEnergyCalibrated(image.energyAxis)) {
    const message = "The energy axis is not calibrated, so no element is named and none is mapped.";
    return { lines: [], findings: [{ severity: "warning", code: "no-energy-calibration", message }] };
  }
  const named = linesOfElements(image, image.metadata.elements);
  if (named.length > 0)
    return { lines: named, findings: [note(`Elements as the file names them: ${image.metadata.elements.join(", ")}.`)] };
  const found = await chooseLines.run(image, parseParameters(chooseLines, { significance: given.significance }), context);
  const listed =
    found.elements.length === 0
      ? "No element's lines stand out."
      : `Elements whose lines stand out: ${found.elements.join(", ")}.`;
  return { lines: found.lines, findings: [note(listed), ...found.findings] };
}

function note(message: string): Finding {
  return { severity: "info", code: "elements", message };
}

function linesOfElements(image: SpectrumImage, symbols: readonly string[]): string[] {
  const axis = image.energyAxis;
  const range = isEnergyCalibrated(axis) ? ([0.1, axis.offset + axis.scale * (axis.size - 1)] as const) : undefined;
  return symbols.flatMap((symbol) => mainLine(elementNamed(symbol).symbol, image.metadata.beamEnergyKev, range)?.name ?? []);
}
