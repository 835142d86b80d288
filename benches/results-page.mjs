/** The page of results: targets and whether they are met, why not, and all that was measured. Nothing on it is written by hand but the reasons. */
import { brief } from "./measure.mjs";

/** Differences of quality below this, in units of the measure, are chance. */
const SAME_QUALITY = 0.02;

/** What a target may be about: its name, what was measured, and whether more or less is better. */
const measures = {
  warm: {
    title: "warm",
    of: ({ ratios }) => ratios.warm,
    beside: ({ ratios }) => `processor time ${brief(ratios.warmProcessor)}`,
  },
  cold: {
    title: "whole process",
    of: ({ ratios }) => ratios.cold,
    beside: ({ ratios }) => `processor time ${brief(ratios.coldProcessor)}`,
  },
  memory: { title: "peak memory", of: ({ ratios }) => ratios.megabytes },
  seconds: {
    title: "seconds, warm",
    of: ({ warm }) => warm,
    beside: ({ warmProcessor }) => `processor time ${brief(warmProcessor)}`,
    less: true,
  },
  megabytes: { title: "peak memory, MB", of: ({ megabytes }) => megabytes, less: true },
};

/** `rows` in their order, `results` by id as `bench-peers.mjs` keeps them, `notes` by id: why a target is missed. */
export function page(rows, results, notes) {
  const measured = rows.filter(({ id }) => results[id] !== undefined);
  const judged = measured.flatMap((row) => judgements(row, results[row.id]));
  const missed = measured.filter((row) => judged.some(({ id, met }) => id === row.id && !met));
  return [
    "# Ours against the Python packages",
    "",
    "Written by `npm run bench:peers`. Processes run in turn on the same files. Cold is a whole process from its start, with all that it loads, to its first result;",
    "warm is the work alone, done a second time in the process (once, where the table says 1 run). Ratios are medians over the rounds of peer / ours, so more is better for",
    "ours. Where other programs use the machine too, times on the clock are too long and ratios uncertain; processor time (all threads added up) holds better, but says",
    "nothing of what threads gain. Targets are judged by the clock, and only met where the quality of ours is no lower.",
    "",
    ...machinesOf(measured, results),
    "",
    "## Targets",
    "",
    "| work | size | peer | what | measured | target | better still | |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...judged.map(({ cells }) => `| ${cells.join(" | ")} |`),
    "",
    ...(missed.length === 0
      ? []
      : [
          "Why targets are missed:",
          "",
          ...missed.map((row) => `- ${row.title}: ${notes[row.id] ?? "not looked into yet."}`),
          "",
        ]),
    "## Measurements",
    "",
    "Ours, peer. Seconds; processor seconds in brackets. Others: share of the machine that other programs used meanwhile.",
    "",
    "| work | peer | rounds, runs | warm | cold | memory, MB | quality | others, % |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...measured.flatMap((row) => measurements(row, results[row.id])),
    "",
    "Quality, more is better:",
    "",
    ...measured.map(({ title, qualityText }) => `- ${title}: ${qualityText}.`),
    "",
  ].join("\n");
}

function machinesOf(measured, results) {
  const lines = measured.map(({ id }) => {
    const { machine, threads, day, versions } = results[id];
    const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return `- ${day}: ${machine}; ${threads} threads for both sides; ${packages.join(", ")}`;
  });
  return [...new Set(lines)];
}

/** One line per target of a row; a target without peers is about ours alone. */
function judgements(row, result) {
  const lines = [];
  for (const [peer, targets] of targetsOf(row)) {
    const found = peer === undefined ? result.ours : result.peers[peer];
    for (const [what, [target, stretch]] of Object.entries(targets)) {
      const { title, of, beside, less } = measures[what];
      const start = [row.title, result.size, peer === undefined ? "none" : nameOf(peer, found), title];
      const end = [less ? `at most ${target}` : target, stretch ?? ""];
      if (found?.failed !== undefined || found === undefined) {
        const reason = found === undefined ? "not measured" : `not run: ${found.failed.replaceAll("|", "/")}`;
        lines.push({ id: row.id, met: true, cells: [...start, "", ...end, reason] });
        continue;
      }
      const value = of(found);
      const reaches = (limit) => limit !== undefined && (less ? value <= limit : value >= limit);
      const worse = peer !== undefined && result.ours.quality < found.quality - SAME_QUALITY;
      const met = reaches(target) && !worse;
      const text = met ? (reaches(stretch) ? "met, and better still" : "met") : worse ? "missed: quality is lower" : "missed";
      const shown = `${brief(value)}${beside === undefined ? "" : ` (${beside(found)})`}`;
      lines.push({ id: row.id, met, cells: [...start, shown, ...end, text] });
    }
  }
  return lines;
}

function targetsOf({ peers, targets }) {
  if (peers.length === 0) return [[undefined, targets]];
  return peers.map((peer) => [peer, targets[peer] ?? targets]);
}

function measurements(row, { rounds, ours, peers }) {
  const sides = Object.entries(peers);
  if (sides.length === 0) return [measurement(row, "none", rounds, [ours])];
  return sides.map(([peer, found]) =>
    found.failed === undefined
      ? measurement(row, nameOf(peer, found), rounds, [ours, found])
      : `| ${row.title} | ${peer} | not run: ${found.failed.replaceAll("|", "/")} | | | | | |`,
  );
}

function measurement({ title }, peer, rounds, sides) {
  const of = (show) => sides.map(show).join(", ");
  const time = (name) => of((side) => `${brief(side[name])} (${brief(side[`${name}Processor`])})`);
  const cells = [
    title,
    peer,
    `${rounds}, ${of(({ runs }) => runs)}`,
    time("warm"),
    time("cold"),
    of(({ megabytes }) => Math.round(megabytes)),
    of(({ quality }) => brief(quality)),
    of(({ others }) => Math.round(100 * others)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function nameOf(peer, found) {
  return found?.version === undefined ? peer : `${peer} ${found.version}`;
}
