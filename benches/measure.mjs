/** Interleaved timing: on a machine that others use too, only ratios taken in turns mean much. */

/** Seconds of processor time of this process, all its threads: other programs disturb it less than they do a clock. */
export function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Processor seconds of some work. */
export async function timed(work) {
  const begin = processorSeconds();
  await work();
  return processorSeconds() - begin;
}

/** Runs the variants in turn, `rounds` times; processor seconds of each run, per variant. The first round warms up and does not count. */
export function interleaved(variants, rounds) {
  const measured = Object.entries(variants).map(([name, work]) => [name, () => timed(work)]);
  return inTurn(Object.fromEntries(measured), rounds);
}

/** As {@link interleaved}, of variants that tell their seconds themselves. */
export async function inTurn(variants, rounds) {
  const seconds = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of Object.entries(variants)) {
      const found = await measure();
      if (round > 0) seconds[name].push(found);
    }
  }
  return seconds;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median over the rounds of how many times as long the first took as the second in the same round. */
export function medianRatio(first, second) {
  return median(first.map((value, i) => value / second[i]));
}

/** A number with three significant digits. */
export function brief(value) {
  return Number(value.toPrecision(3)).toString();
}
