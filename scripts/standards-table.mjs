/**
 * Which elements are found in measured standards whose headers state their composition: a table of docs/methods/identify.md, written by
 * `npm run results -- --only standards` where the measured files are (SIGMA_DATA).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const data = process.env.SIGMA_DATA ?? join(root, "..", "shared", "data");
const folder = join(data, "msa", "nexl");
const page = `${root}docs/methods/identify.md`;
const [BEGIN, END] = ["<!-- standards: begin -->", "<!-- standards: end -->"];
/** A mass fraction above which an element has to be found. */
const STATED_FROM = 0.01;

export async function writeStandardsSection() {
  if (!existsSync(folder)) {
    process.stderr.write(`The measured standards are not there: set SIGMA_DATA (looked in ${folder}).\n`);
    process.exitCode = 1;
    return;
  }
  const { identifyElements } = await import("../packages/core/dist/algorithms/identify/identify-elements.js");
  const { parseMsa } = await import("../packages/core/dist/formats/msa/parse-msa.js");
  const { polymerWindowDetector } = await import("../packages/core/dist/xray/detector.js");
  const rows = [];
  for (const name of readdirSync(folder).sort()) {
    const { stated, title, spectrum, energy, conditions } = standard(parseMsa(readFileSync(join(folder, name), "latin1"), name));
    if (Object.keys(stated).length === 0) continue;
    const { elements } = identifyElements(spectrum, energy, {
      ...conditions,
      resolutionEv: 130,
      detector: polymerWindowDetector,
    });
    rows.push({ title, stated, elements });
    process.stderr.write(`${title}\n`);
  }
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(BEGIN);
  const made = `${BEGIN}\n${section(rows)}\n${END}`;
  writeFileSync(page, `${before}${made}${rest.split(END)[1]}`);
  process.stdout.write(`${made}\n`);
}

function standard({ keywords, values }) {
  const text = (name) => keywords.find((keyword) => keyword.name === name)?.value ?? "";
  const number = (name) => Number.parseFloat(text(name));
  const parts = text("D2STDCMP").matchAll(/\(([A-Z][a-z]?):([\d.]+)\)/g);
  return {
    stated: Object.fromEntries([...parts].map(([, symbol, percent]) => [symbol, Number(percent) / 100])),
    title: `${text("TITLE")
      .replace(/-0?\[.*|\[(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*/, "")
      .replace(/\[(\d)\]\[all\]/, ", place $1")}, ${number("BEAMKV")} keV`,
    spectrum: Float64Array.from(values),
    energy: {
      name: "energy",
      size: values.length,
      offset: number("OFFSET") / 1000,
      scale: number("XPERCHAN") / 1000,
      units: "keV",
    },
    conditions: { beamEnergyKev: number("BEAMKV"), takeOffAngleDeg: number("ELEVANGLE") },
  };
}

function section(rows) {
  let [there, right, found, foreign] = [0, 0, 0, 0];
  const lines = rows.map(({ title, stated, elements }) => {
    const known = Object.keys(stated).filter((symbol) => stated[symbol] > STATED_FROM);
    const ours = elements.filter(({ from }) => from === "sample").map(({ element }) => element);
    const others = ours.filter((symbol) => !known.includes(symbol));
    there += known.length;
    right += known.filter((symbol) => ours.includes(symbol)).length;
    found += ours.length;
    foreign += others.filter((symbol) => !(stated[symbol] > 0)).length;
    const missed = known.filter((symbol) => !ours.includes(symbol));
    const told = missed.length === 0 ? "all" : known.filter((symbol) => ours.includes(symbol)).join(" ");
    const more = others.map((symbol) => `*${symbol}*`).join(" ");
    const apart = elements.filter(({ from }) => from !== "sample").map(({ element, from }) => `${element} (${from})`);
    return `| ${title} | ${known.join(" ")} | ${[told, more].filter(Boolean).join(", ")} | ${apart.join(", ")} |`;
  });
  return [
    `| spectrum (${rows.length}) | stated | found | not of the sample |`,
    "| --- | --- | --- | --- |",
    ...lines,
    "",
    `${right} of ${there} elements above 1 % found: recall ${(right / there).toFixed(2)}; ${foreign} of ${found} found (in italics) are not stated: precision ${(1 - foreign / found).toFixed(3)}.`,
  ].join("\n");
}
