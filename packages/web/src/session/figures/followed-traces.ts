/** Spectra of few counts drawn so that the eye can follow them. */
import { joinedChannels, logFloor, type SpectrumTrace, type SpectrumView } from "@sigma-eds/core";

export interface ShownTrace extends SpectrumTrace {
  /** Of values that are counts: how many there are in all, and what one of them is worth in the unit of the plot. */
  readonly counted?: { readonly counts: number; readonly one: number } | undefined;
}

export interface FollowedTraces {
  readonly traces: readonly SpectrumTrace[];
  /** Bottom of a logarithmic axis, well below what is counted; undefined where nothing is. */
  readonly floor: number | undefined;
  /** What was done, for the caption: `channels of Fe joined by 4`. */
  readonly notes: readonly string[];
}

/** Joins channels of traces with few counts as the report does, and says so in their names. */
export function followedTraces(given: readonly ShownTrace[], view: SpectrumView): FollowedTraces {
  const floors: number[] = [];
  const notes: string[] = [];
  const traces = given.map(({ counted, ...trace }): SpectrumTrace => {
    if (counted === undefined) return trace;
    const { factor, joined } = joinedChannels(Float64Array.from(trace.values), counted.counts, view);
    floors.push(logFloor(joined, view, factor / counted.one));
    if (factor === 1) return trace;
    notes.push(`channels of ${trace.name} joined by ${factor}`);
    return { ...trace, values: joined, name: `${trace.name}, channels joined by ${factor}` };
  });
  return { traces, floor: floors.length === 0 ? undefined : Math.min(...floors), notes };
}
