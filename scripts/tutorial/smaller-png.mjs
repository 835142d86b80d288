/** The same picture in fewer bytes: 256 colours of its own, no opacity. Screens of an app have few colours; what differs is not seen. */
import { decode, encode } from "fast-png";

const COLOURS = 256;
/** Bits of each channel by which colours are counted. */
const BITS = 5;

export function smaller(png) {
  const { width, height, channels, data } = decode(png);
  const pixels = width * height;
  const at = (p) => [data[p * channels], data[p * channels + 1], data[p * channels + 2]];
  const cells = new Map();
  for (let p = 0; p < pixels; p++) {
    const [r, g, b] = at(p);
    const key = ((r >> (8 - BITS)) << (2 * BITS)) | ((g >> (8 - BITS)) << BITS) | (b >> (8 - BITS));
    const cell = cells.get(key) ?? { key, count: 0, sum: [0, 0, 0] };
    cell.count += 1;
    cell.sum[0] += r;
    cell.sum[1] += g;
    cell.sum[2] += b;
    cells.set(key, cell);
  }
  const boxes = boxesOf([...cells.values()].map((cell) => ({ ...cell, mean: cell.sum.map((sum) => sum / cell.count) })));
  const slotOf = new Map(boxes.flatMap((box, slot) => box.map(({ key }) => [key, slot])));
  const palette = boxes.map((box) => {
    const count = box.reduce((sum, cell) => sum + cell.count, 0);
    return [0, 1, 2].map((k) => Math.round(box.reduce((sum, cell) => sum + cell.sum[k], 0) / count));
  });
  const indices = Uint8Array.from({ length: pixels }, (_, p) => {
    const [r, g, b] = at(p);
    return slotOf.get(((r >> (8 - BITS)) << (2 * BITS)) | ((g >> (8 - BITS)) << BITS) | (b >> (8 - BITS)));
  });
  return encode({ width, height, data: indices, channels: 1, depth: 8, palette }, { zlib: { level: 9 } });
}

/** Median cut (P. Heckbert, 1982, doi:10.1145/965145.801294): the box with the widest colours times the root of its pixels is cut at its median. */
function boxesOf(cells) {
  const boxes = [cells];
  while (boxes.length < COLOURS) {
    const widest = boxes
      .map(spreadOf)
      .reduce((best, spread, i) => (spread.score > best.score ? { ...spread, i } : best), { score: 0 });
    if (widest.i === undefined) break;
    const sorted = [...boxes[widest.i]].sort((a, b) => a.mean[widest.channel] - b.mean[widest.channel] || a.key - b.key);
    const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
    let below = 0;
    let cut = 0;
    while (cut < sorted.length - 1 && (cut === 0 || below + sorted[cut].count <= half)) below += sorted[cut++].count;
    boxes.splice(widest.i, 1, sorted.slice(0, cut), sorted.slice(cut));
  }
  return boxes;
}

function spreadOf(box) {
  const pixels = box.reduce((sum, { count }) => sum + count, 0);
  const spans = [0, 1, 2].map((k) => Math.max(...box.map(({ mean }) => mean[k])) - Math.min(...box.map(({ mean }) => mean[k])));
  const channel = spans.indexOf(Math.max(...spans));
  return { channel, score: box.length < 2 ? 0 : spans[channel] * Math.sqrt(pixels) };
}
