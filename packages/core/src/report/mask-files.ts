import type { Analysis } from "../pipeline/analysis.js";
import { tiffOfFrame } from "./frame-files.js";
import { framesOf } from "./frames.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

/** `masks/class-<id>.tif`, 0 and 255, for each class and plane; `masks/classes.csv` says which is which, and what each class is in the other files of labels. */
export function* maskFiles({ labels, classes, image }: Analysis): Generator<ResultFile> {
  if (labels === undefined || classes.length === 0) return;
  const rows: (string | number)[][] = [];
  for (const frame of framesOf(image)) {
    const inFrame = labels.subarray(frame.start, frame.start + frame.width * frame.height);
    for (const { id, name, colour } of classes) {
      const mask = Uint8Array.from(inFrame, (label) => (label === id ? 255 : 0));
      const file = `class-${id}${frame.suffix}.tif`;
      rows.push([file, id, id + 1, name, colour, mask.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)]);
      yield tiffOfFrame(`masks/${file}`, frame, mask);
    }
  }
  const head = ["file", "id", "value_in_labels_tif", "name", "colour", "pixels"];
  yield { path: "masks/classes.csv", bytes: new TextEncoder().encode(csv([head, ...rows])) };
}
