/** A map of 8 x 6 pixels with three classes, for tests of edits: class 0 left and at the bottom right, class 1 in the middle, class 2 right. */
import { countsFromDense } from "../../spectrum-image/counts.js";
import { type Analysis, startAnalysis } from "../analysis.js";

export const width = 8;
export const height = 6;
const channels = 64;

const picture = [
  "00011122", //
  "00011122",
  "00011.22",
  "0011..22",
  "00111222",
  "00111200",
];

export const labelsOfPicture = (rows: readonly string[]): Int32Array =>
  Int32Array.from(rows.join(""), (character) => (character === "." ? -1 : Number.parseInt(character, 36)));

/** Rows of digits, `.` for unassigned. */
export function drawn(labels: Int32Array | undefined): string[] {
  const text = Array.from(labels ?? [], (label) => (label < 0 ? "." : label.toString(36))).join("");
  return text.match(new RegExp(`.{${width}}`, "g")) ?? [];
}

/** `Fe_Ka` rises with x, `Si_Ka` with y; the latent space is the place on the map, as (x, y). */
export function smallAnalysis(labels: Int32Array = labelsOfPicture(picture)): Analysis {
  const pixels = labels.length;
  const classes = Math.max(...labels) + 1;
  const dense = Uint8Array.from({ length: pixels * channels }, (_, i) =>
    labels[Math.floor(i / channels)] === (i % channels) % 4 ? 3 : 1,
  );
  const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 2, units: "um" });
  const [x, y] = [(p: number) => p % width, (p: number) => Math.floor(p / width)];
  const features = Float32Array.from({ length: pixels * 2 }, (_, i) => (i % 2 === 0 ? x(i >> 1) / 8 : y(i >> 1) / 8));
  const membership = new Float32Array(pixels * classes);
  labels.forEach((label, p) => {
    if (label < 0) return;
    for (let k = 0; k < classes; k++) membership[p * classes + k] = k === label ? 1 - 0.1 * (classes - 1) : 0.1;
  });
  return {
    ...startAnalysis({
      title: "small",
      counts: countsFromDense([pixels / width, width], channels, dense),
      navigationAxes: [axis("y", pixels / width), axis("x", width)],
      energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.1, units: "keV" },
      images: [],
      metadata: { detector: {}, elements: [], beamEnergyKev: 15 },
      originalMetadata: {},
      loadReport: { findings: [] },
    }),
    labels,
    membership: { classes, data: membership },
    features: { lines: ["Fe_Ka", "Si_Ka"], data: features, windows: [], treatment: [] },
    elementMaps: [
      {
        line: "Ca_Ka",
        fromKev: 3.6,
        toKev: 3.8,
        background: "none",
        data: Float32Array.from(labels, (label) => (label === 2 ? 5 : 1)),
      },
    ],
    latent: {
      method: "place",
      dimensions: 2,
      data: Float32Array.from({ length: pixels * 2 }, (_, i) => (i % 2 === 0 ? x(i >> 1) : y(i >> 1))),
    },
  };
}
