import { z } from "zod";
import { parseParameters } from "../../algorithms/parameters.js";
import { chooseLines } from "../../algorithms/preprocess/choose-lines.js";
import { isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { partOf } from "../../spectrum-image/context.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { elementNamed } from "../../xray/elements.js";
import { lineNamed } from "../../xray/line-names.js";
import { mainLine } from "../../xray/lines.js";
import type { Step, StepContext } from "../step.js";

const schema = z.strictObject({
  step: z.literal("elements"),
  elements: z
    .array(z.string().min(1))
    .max(98)
    .default([])
    .meta({ title: "Elements", description: "Elements to map, for example Fe. Empty: those whose lines stand out in the spectrum." }),
  lines: z
    .array(z.string().min(1))
    .max(200)
    .default([])
    .meta({ title: "X-ray lines", description: "Lines to map, for example Fe_Ka, instead of choosing one per element." }),
  significance: chooseLines.parameters.shape.significance,
});

interface Chosen {
  readonly lines: readonly string[];
  readonly choices: readonly string[];
  readonly warnings: readonly string[];
}

/** Decides which X-ray lines are marked, mapped and used as features. */
export const elements: Step<typeof schema> = {
  id: "elements",
  title: "Elements",
  summary: "Decides which X-ray lines are marked, mapped and used as features.",
  schema,
  async run(analysis, given, context) {
    const { image } = analysis;
    const [sum] = await pass(image.counts, [sumSpectrum(image.counts)], partOf(context, 0, 0.2));
    const { lines, choices, warnings } = await chosenLines(image, given, partOf(context, 0.2, 1));
    return {
      ...analysis,
      sumSpectrum: sum,
      lines: [...new Set(lines)].sort((a, b) => lineNamed(a).energyKev - lineNamed(b).energyKev),
      choices: [...analysis.choices, ...choices],
      warnings: [...analysis.warnings, ...warnings],
    };
  },
};

async function chosenLines(image: SpectrumImage, given: z.output<typeof schema>, context: StepContext): Promise<Chosen> {
  if (given.lines.length > 0) return { lines: given.lines.map((line) => lineNamed(line).name), choices: [], warnings: [] };
  if (given.elements.length > 0) return { lines: linesOfElements(image, given.elements), choices: [], warnings: [] };
  if (!isEnergyCalibrated(image.energyAxis)) {
    const warning = "The energy axis is not calibrated, so no element is named and none is mapped.";
    return { lines: [], choices: [], warnings: [warning] };
  }
  const found = await chooseLines.run(image, parseParameters(chooseLines, { significance: given.significance }), context);
  return { lines: found.lines, choices: sentences(image, found.elements), warnings: found.findings.map(({ message }) => message) };
}

/** What was found, and what the file names without its lines standing out. */
function sentences({ metadata }: SpectrumImage, found: readonly string[]): string[] {
  const unseen = metadata.elements.filter((symbol) => !found.includes(symbol));
  const listed = found.length === 0 ? "No element's lines stand out." : `Elements whose lines stand out: ${found.join(", ")}.`;
  return unseen.length === 0 ? [listed] : [listed, `The file also names ${unseen.join(", ")}; their lines do not stand out and are not mapped.`];
}

function linesOfElements(image: SpectrumImage, symbols: readonly string[]): string[] {
  const axis = image.energyAxis;
  const range = isEnergyCalibrated(axis) ? ([0.1, axis.offset + axis.scale * (axis.size - 1)] as const) : undefined;
  return symbols.flatMap((symbol) => mainLine(elementNamed(symbol).symbol, image.metadata.beamEnergyKev, range)?.name ?? []);
}
