/** Measures one row: ours and every peer in turn, round by round, and sums up what came out. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median, medianRatio } from "./measure.mjs";
import { finished } from "./processes.mjs";

const USUAL_RUNS = 2;

/** What one row's processes are given: rounds, threads, paths of the Pythons, a scratch folder, and `tell` for progress. */
export async function compared(row, size, { rounds, threads, pythons, scratch, tell }) {
  const folder = join(scratch, row.id);
  mkdirSync(folder, { recursive: true });
  tell("preparing");
  const prepared = await row.prepare(size, folder);
  const sides = ["ours", ...row.peers].map((name, i) => ({ name, out: join(folder, String(i)), answers: [] }));
  for (const { out } of sides) mkdirSync(out);
  for (let round = 1; round <= rounds; round++) {
    const inputFile = join(folder, `input-${round}.json`);
    writeFileSync(inputFile, JSON.stringify(prepared.inputOf?.(round) ?? prepared.input));
    for (const side of sides) {
      if (side.failed !== undefined) continue;
      tell(`round ${round}, ${side.name}`);
      const answer = await finished(...commandOf(row, side, inputFile, threads, pythons), threads);
      if (answer.failed === undefined) side.answers.push({ ...answer, quality: await row.quality(prepared, side.out) });
      else side.failed = answer.failed;
    }
  }
  const [ours, ...peers] = sides;
  if (ours.failed !== undefined) throw new Error(`Ours failed at ${row.id}: ${ours.failed}`);
  const summary = { size: row.sizeText(size), rounds, threads, ours: summed(ours), peers: {} };
  for (const peer of peers) {
    const { failed } = peer;
    summary.peers[peer.name] = failed === undefined ? { ...summed(peer), ratios: ratiosOf(peer, ours) } : { failed };
  }
  return summary;
}

function commandOf(row, { name, out }, inputFile, threads, pythons) {
  const work = row.work ?? row.id;
  const runs = row.runs?.[name] ?? USUAL_RUNS;
  if (name === "ours") return [process.execPath, ["benches/ours.mjs", work, inputFile, out, threads, runs]];
  const python = (row.python === "torch" ? pythons.torch : undefined) ?? pythons.python;
  return [python, ["-W", "ignore", "benches/peer.py", work, name, inputFile, out, threads, runs]];
}

/** Seconds of the last run of a process (warm, where there was one before) and from its start to the end of the first (cold). */
const measures = {
  warm: ({ times }) => times.at(-1).clock,
  warmProcessor: ({ times }) => times.at(-1).processor,
  cold: ({ times }) => times[0].sinceStart.clock,
  coldProcessor: ({ times }) => times[0].sinceStart.processor,
  megabytes: ({ megabytes }) => megabytes,
  quality: ({ quality }) => quality,
};

function summed({ answers }) {
  const medians = Object.entries(measures).map(([name, read]) => [name, median(answers.map(read))]);
  return {
    version: answers[0].version,
    runs: answers[0].times.length,
    ...Object.fromEntries(medians),
    others: median(answers.map(({ others }) => others)),
  };
}

function ratiosOf(peer, ours) {
  const ratios = Object.entries(measures)
    .filter(([name]) => name !== "quality")
    .map(([name, read]) => [name, medianRatio(peer.answers.map(read), ours.answers.map(read))]);
  return Object.fromEntries(ratios);
}
