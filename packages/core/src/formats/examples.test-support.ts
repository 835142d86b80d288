/** A small sound file of each registered format, made by the test support of the format. A new format does not compile without one. */
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { countsFromDense } from "../spectrum-image/counts.js";
import { bcfBytes } from "./bcf/bcf-writer.test-support.js";
import type { FormatId } from "./registry.js";
import { writeRpl } from "./rpl/rpl-writer.js";

const height = 5;
const width = 7;
const channels = 24;
const counts = Array.from({ length: height * width * channels }, (_, i) => ((i * 7919) % 11 < 3 ? (i % 4) + 1 : 0));

/** Each opens to at least one dataset. */
export const examples: Readonly<Record<FormatId, () => Promise<ByteSource>>> = {
  async bcf() {
    const packings = ["12bit", "16bit", "runs", "mixed"] as const;
    return bytesInMemory(
      "example.bcf",
      bcfBytes({ cubes: [{ height, width, channels, counts, packing: (pixel) => packings[pixel % 4]! }], compressed: true }),
    );
  },
  async rpl() {
    const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 0.5, units: "um" });
    const files = await writeRpl({
      title: "example",
      counts: countsFromDense([height, width], channels, counts),
      navigationAxes: [axis("y", height), axis("x", width)],
      energyAxis: { name: "energy", size: channels, offset: -0.1, scale: 0.02, units: "keV" },
      images: [],
      metadata: { detector: {}, elements: [] },
      originalMetadata: {},
      loadReport: { findings: [] },
    });
    const parts = [];
    for await (const part of files.raw) parts.push(part);
    const raw = bytesInMemory("example.raw", new Uint8Array(Buffer.concat(parts)));
    return bytesInMemory("example.rpl", new TextEncoder().encode(files.rpl), [raw]);
  },
};
