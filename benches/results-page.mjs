/** The page of results: targets and whether they are met, why not, and all that was measured. Nothing on it is written by hand but the reasons. */
import { brief } from "./measure.mjs";

/** Differences of quality below this, in units of the measure, are chance. */
const SAME_QUALITY = 0.02;

/** Above this share of the machine used by other programs, time on the clock says little, and targets of time are judged by processor time. */
const BUSY = 0.1;

/** What a target may be about: its name, what was measured, the same in processor time, and whether less is better. */
const measures = {
  warm: { title: "warm", of: ({ ratios }) => ratios.warm, ofProcessor: ({ ratios }) => ratios.warmProcessor },
  cold: { title: "whole process", of: ({ ratios }) => ratios.cold, ofProcessor: ({ ratios }) => ratios.coldProcessor },
  memory: { title: "peak memory", of: ({ ratios }) => ratios.megabytes },
  seconds: { title: "seconds, warm", of: ({ warm }) => warm, ofProcessor: ({ warmProcessor }) => warmProcessor, less: true },
  megabytes: { title: "peak memory, MB", of: ({ megabytes }) => megabytes, less: true },
};

/** `results` as `bench-peers.mjs` keeps them, by id in the order of the table; `notes` by id: why a target is missed. */
export function page(results, notes) {
  const rows = Object.values(results);
  const judged = Object.entries(results).flatMap(([id, row]) => judgements(row).map((line) => ({ ...line, id })));
  const missed = [...new Set(judged.filter(({ met }) => !met).map(({ id }) => id))];
  return [
    "# Ours against the Python packages",
    "",
    "Written by `npm run bench:peers`. Processes run in turn on the same files. Cold is a whole process from its start, with all that it loads, to its first result;",
    "warm is the work alone, done a second time in the process (once, where the table says 1 run). Ratios are medians over the rounds of peer / ours, so more is better for",
    `ours. Targets are judged by the clock, but where other programs used more than ${100 * BUSY} % of the machine by processor time (all threads added up), which they disturb`,
    "less. A target counts as met only where the quality of ours, the median over the rounds, is no lower.",
    "",
    ...machinesOf(rows),
    "",
    "## Targets",
    "",
    "In brackets: the same in processor time.",
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
          ...missed.map((id) => `- ${results[id].title}: ${notes[id] ?? "not looked into yet."}`),
          "",
        ]),
    "## Measurements",
    "",
    "Ours, peer. Seconds; processor seconds in brackets. Others: share of the machine that other programs used meanwhile.",
    "",
    "| work | peer | rounds, runs | warm | cold | memory, MB | quality | others, % |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.flatMap(measurements),
    "",
    "Quality, more is better:",
    "",
    ...rows.map(({ title, qualityText }) => `- ${title}: ${qualityText}.`),
    "",
  ].join("\n");
}

function machinesOf(rows) {
  const lines = rows.map(({ machine, threads, day, versions }) => {
    const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return `- ${day}: ${machine}; ${threads} threads for both sides; ${packages.join(", ")}`;
  });
  return [...new Set(lines)];
}

/** One line per target and peer of a row; a row without peers is about ours alone. */
function judgements(row) {
  return targetsOf(row).flatMap(([peer, targets]) =>
    Object.entries(targets).map(([what, limits]) => judgement(row, peer, measures[what], limits)),
  );
}

function judgement(row, peer, measure, { target, stretch }) {
  const found = peer === undefined ? row.ours : row.peers[peer];
  const cells = [row.title, row.size, peer === undefined ? "none" : nameOf(peer, found), measure.title];
  const limits = [measure.less ? `at most ${target}` : target, stretch ?? ""];
  if (found.failed !== undefined) return { met: true, cells: [...cells, "", ...limits, notRun(found)] };
  const byProcessor = measure.ofProcessor !== undefined && Math.max(row.ours.others, found.others) > BUSY;
  const value = (byProcessor ? measure.ofProcessor : measure.of)(found);
  const reaches = (limit) => limit !== undefined && (measure.less ? value <= limit : value >= limit);
  const worse = row.ours.quality < found.quality - SAME_QUALITY;
  const met = reaches(target) && !worse;
  const verdict = met && reaches(stretch) ? "met, and better still" : met ? "met" : worse ? "missed: quality is lower" : "missed";
  return { met, cells: [...cells, shown(measure, found), ...limits, byProcessor ? `${verdict} (processor time)` : verdict] };
}

function shown({ of, ofProcessor }, found) {
  return ofProcessor === undefined ? brief(of(found)) : `${brief(of(found))} (${brief(ofProcessor(found))})`;
}

function notRun({ failed }) {
  return `not run: ${failed.replaceAll("|", "/")}`;
}

function targetsOf({ peers, targets }) {
  const names = Object.keys(peers);
  if (names.length === 0) return [[undefined, targets]];
  return names.map((peer) => [peer, targets[peer] ?? targets]);
}

function measurements(row) {
  const { rounds, ours, peers } = row;
  const sides = Object.entries(peers);
  if (sides.length === 0) return [measurement(row, "none", rounds, [ours])];
  return sides.map(([peer, found]) =>
    found.failed === undefined
      ? measurement(row, nameOf(peer, found), rounds, [ours, found])
      : `| ${row.title} | ${peer} | ${notRun(found)} | | | | | |`,
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
