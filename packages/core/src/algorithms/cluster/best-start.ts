/** The loop over the starts of a mixture, whichever way it improves. */
import { partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { UsedPoints } from "./clustering.js";
import { isDiagonalType, type Maximisation } from "./mixture-model.js";
import { type MixtureSections, mixtureSections } from "./mixture-pass/mixture-sections.js";
import { type MixtureInput, mixtureStart, type StartGiven } from "./mixture-start.js";

interface Improvement<Fit> {
  /** Id of the algorithm, from which its random numbers are drawn. */
  readonly method: string;
  /** What a start becomes. */
  improve(first: Maximisation, sections: MixtureSections, context: SeededContext): Promise<Fit>;
  /** The larger the better; of equal ones the first is kept. */
  boundOf(fit: Fit): number;
}

/** The best of all starts, or what becomes of the labels that are given to start from. Takes 0.95 of the progress. */
export async function bestStart<Fit>(
  used: UsedPoints,
  input: MixtureInput,
  given: StartGiven & { readonly nComponents: number; readonly nInit: number },
  { method, improve, boundOf }: Improvement<Fit>,
  context: SeededContext,
): Promise<Fit> {
  const starts = input.startLabels === undefined ? given.nInit : 1;
  const sections = await mixtureSections(used, given.nComponents, isDiagonalType(given.covarianceType), context);
  try {
    let best: Fit | undefined;
    for (let start = 0; start < starts; start++) {
      const part = partOf(context, (0.95 * start) / starts, (0.95 * (start + 1)) / starts);
      const number = { method, components: given.nComponents, start, seed: context.seed };
      const first = await mixtureStart(used, input, given, number, partOf(part, 0, 0.2));
      const fit = await improve(first, sections, partOf(part, 0.2, 1));
      if (best === undefined || boundOf(fit) > boundOf(best)) best = fit;
    }
    return best!;
  } finally {
    sections.end();
  }
}
