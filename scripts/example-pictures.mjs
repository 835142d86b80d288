/**
 * Writes packages/web/src/app/start/pictures: what each example of the app shows, its true phases over the picture of backscattered electrons.
 * Run: node scripts/example-pictures.mjs (a few seconds), after the phantoms have changed. The same version writes the same bytes.
 */
import { writeFileSync } from "node:fs";
import { encode } from "fast-png";
import { ensureBuilt, ensurePackages, root } from "./setup.mjs";
import { smaller } from "./tutorial/smaller-png.mjs";

ensurePackages();
ensureBuilt();
const core = await import("../packages/core/dist/index.js");

const WIDTH = 240;
const HEIGHT = 180;
/** As the map of the app: the share of the colour that is left where the picture is black. */
const DARKEST = 0.6;
/** What carries the grains, where it is nothing but carbon. */
const MOUNT = [0x2b, 0x2d, 0x30];

for (const id of ["seven-minerals", "gradient-with-inclusions", "rare-grain"]) {
  const { image, truth } = core.streamPhantom(core.phantomPresets[id].parameters);
  const colours = truth.phases.map((_, i) => bytesOf(core.classColour(i)));
  if (truth.phases[0].name === "carbon") colours.unshift(MOUNT);
  const bytes = smaller(encode(picture(image.images[0], truth.labels, colours)));
  writeFileSync(`${root}packages/web/src/app/start/pictures/${id}.png`, bytes);
  process.stderr.write(`${id}: ${bytes.length} bytes\n`);
}

/** The middle of the map at the width of the picture; every pixel of it is the nearest of the map. */
function picture({ width, height, data: grey }, labels, colours) {
  const most = grey.reduce((largest, value) => Math.max(largest, value), 0);
  const scale = width / WIDTH;
  const top = (height - HEIGHT * scale) / 2;
  const data = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const x = Math.floor(((p % WIDTH) + 0.5) * scale);
    const y = Math.floor(top + (Math.floor(p / WIDTH) + 0.5) * scale);
    const at = y * width + x;
    const light = DARKEST + (1 - DARKEST) * (grey[at] / most);
    data.set(
      colours[labels[at]].map((value) => Math.round(value * light)),
      3 * p,
    );
  }
  return { width: WIDTH, height: HEIGHT, data, channels: 3, depth: 8 };
}

function bytesOf(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
