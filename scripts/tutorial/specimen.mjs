/** The file that the walk begins with: a spectrum image whose phases are known, as a microscope's program would have written it. */
import { runnerImport } from "vite";
import { root } from "../setup.mjs";

const size = { width: 160, height: 120 };

/** Names of the minerals of which the specimen is drawn: the right answer. */
export async function mineralsOfSpecimen() {
  const core = await import("../../packages/core/dist/index.js");
  const { parameters } = core.phantomPresets["seven-minerals"];
  return core.parsePhantomParameters(parameters).particlePhases.map(({ name }) => name);
}

/** Bytes of a .bcf: seven minerals on carbon tape, drawn with another seed than the example of the app. */
export async function specimenBcf() {
  const core = await import("../../packages/core/dist/index.js");
  const { module } = await runnerImport(`${root}packages/core/src/formats/bcf/bcf-writer.test-support.ts`);
  const parameters = { ...core.phantomPresets["seven-minerals"].parameters, ...size, particles: 60, seed: 21 };
  const { image } = await core.makePhantom({ ...parameters, title: "Sand, grain mount" });
  const { offset, scale } = image.energyAxis;
  return module.bcfBytes({
    cubes: [{ ...size, channels: image.counts.channels, counts: denseCounts(image.counts), packing: () => "runs" }],
    images: image.images.slice(0, 1).map(asBytes),
    compressed: true,
    header: {
      name: "Sand, grain mount",
      highVoltage: image.metadata.beamEnergyKev,
      pixelSizeX: 0.5,
      pixelSizeY: 0.5,
      offsetKev: offset,
      scaleKev: scale,
      elements: image.metadata.elements ?? [],
    },
  });
}

function denseCounts({ stored, channels }) {
  const dense = new Uint16Array(size.width * size.height * channels);
  for (const block of stored) {
    for (let row = 0; row + 1 < block.rowStart.length; row++) {
      for (let i = block.rowStart[row]; i < block.rowStart[row + 1]; i++) {
        dense[(block.firstPixel + row) * channels + block.channel[i]] = block.count[i];
      }
    }
  }
  return dense;
}

/** A picture in grey values of one byte, between its extremes. */
function asBytes({ name, width, height, data }) {
  const [least, most] = data.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const values = Array.from(data, (value) => Math.round((255 * (value - least)) / (most - least || 1)));
  return { name, width, height, itemSize: 1, values };
}
