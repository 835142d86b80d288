/** Counts of an energy window, with what its background windows say taken off. */
import type { Engine } from "../../worker/engine-protocol.js";
import type { EnergyWindow, KevRange } from "../linked.js";

/** Float32 [pixels]. Negative where a pixel has fewer counts than its background asks for: noise is not cut off, so that means stay right. */
export async function windowCounts(engine: Pick<Engine, "windowMap">, window: EnergyWindow): Promise<Float32Array> {
  const { fromKev, toKev, background = [] } = window;
  const [gross, ...beside] = await Promise.all(
    [[fromKev, toKev] as const, ...background].map(([from, to]) => engine.windowMap(from, to)),
  );
  return netCounts(gross!, [fromKev, toKev], background, beside);
}

/** The density of counts in the background windows, straight between their middles and constant where there is one, times the width of the window. */
export function netCounts(
  gross: Float32Array,
  window: KevRange,
  background: readonly KevRange[],
  beside: readonly Float32Array[],
): Float32Array {
  const used = background.map((range, i) => ({ range, counts: beside[i]! })).filter(({ range }) => range[1] > range[0]);
  if (used.length === 0) return gross;
  const shares = sharesAt(
    middleOf(window),
    used.map(({ range }) => middleOf(range)),
  );
  const factors = used.map(({ range }, i) => (shares[i]! * (window[1] - window[0])) / (range[1] - range[0]));
  return gross.map((counts, p) => used.reduce((net, { counts: under }, i) => net - factors[i]! * under[p]!, counts));
}

/** Weights of one or two places so that their mean lies straight at `at`. */
function sharesAt(at: number, [first, second]: readonly number[]): readonly number[] {
  if (first === undefined) return [];
  if (second === undefined || first === second) return second === undefined ? [1] : [0.5, 0.5];
  const share = (at - first) / (second - first);
  return [1 - share, share];
}

function middleOf([from, to]: KevRange): number {
  return (from + to) / 2;
}

/** Windows of half its width at both sides, as far away as half of theirs. */
export function backgroundBeside({ fromKev, toKev }: EnergyWindow): readonly KevRange[] {
  const width = toKev - fromKev;
  const right = [toKev + width / 4, toKev + (3 * width) / 4] as const;
  const left = [fromKev - (3 * width) / 4, fromKev - width / 4] as const;
  return left[0] < 0 ? [right] : [left, right];
}
