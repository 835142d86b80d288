import { expect, it } from "vitest";
import { randomStream } from "../../../kernels/random.js";
import { pairedSize, referenceShares, type ShareProgram, type ShareSizes, shareProgram } from "./share-programs.js";

const [pixels, bins, entries, least] = [23, 40, 230, 1e-9];

/** Pixel `n` has ten entries and 1 + n % `components` members, whose spectra follow those of the pixel before. */
function filled(program: ShareProgram, components: number): ShareProgram {
  const random = randomStream(9, "share-programs");
  const { bin, count, spectra, shares, prior } = program.arrays;
  let place = 0;
  for (let n = 0; n < pixels; n++) {
    const members = 1 + (n % components);
    const step = pairedSize(members);
    for (let e = 10 * n; e < 10 * (n + 1); e++) {
      bin[e] = 4 * (e - 10 * n) + random.integer(4);
      count[e] = 1 + random.integer(70_000 / (n + 2));
    }
    for (let j = 0; j < bins; j++) for (let i = 0; i < members; i++) spectra[place + j * step + i] = random.uniform();
    for (let i = 0; i < members; i++) {
      shares[n * program.stride + i] = 1 / members;
      prior[n * program.stride + i] = random.uniform();
    }
    program.setJob(n, 10 * n, 10 * (n + 1), place, members);
    place += bins * step;
  }
  return program;
}

it.each([
  [7, true],
  [7, false],
  [2, true],
] as const)(
  "shares among up to %i spectra have the bits of plain TypeScript and those of the definition",
  async (components, isWhole) => {
    const sizes: ShareSizes = { pixels, entries, isWhole, room: pixels * bins * pairedSize(components), components };
    const kernel = filled(await shareProgram(sizes), components);
    const plain = filled(referenceShares(sizes), components);
    const { bin, count, spectra, shares, prior } = plain.arrays;
    const expected = Array.from({ length: pixels }, (_, n) => {
      const members = 1 + (n % components);
      const places = Array.from({ length: n }, (_, before) => bins * pairedSize(1 + (before % components)));
      const place = places.reduce((sum, size) => sum + size, 0);
      const spectrum = (e: number, i: number) => spectra[place + bin[e]! * pairedSize(members) + i]!;
      const all = [...Array(members).keys()];
      const gained = all.map((i) =>
        [...Array(10).keys()].reduce((sum, o) => {
          const e = 10 * n + o;
          const made = all.reduce((m, k) => m + spectrum(e, k) / members, 0);
          return sum + (count[e]! * spectrum(e, i)) / members / made;
        }, 0),
      );
      const values = gained.map((gain, i) => gain + prior[n * plain.stride + i]! + least);
      const sum = values.reduce((a, b) => a + b, 0);
      return values.map((value) => value / sum);
    });
    kernel.improve(pixels, least);
    plain.improve(pixels, least);
    expect(kernel.arrays.shares).toEqual(shares);
    expected.forEach((values, n) => {
      values.forEach((value, i) => {
        expect(shares[n * plain.stride + i]! / value).toBeCloseTo(1, 12);
      });
    });
  },
);
