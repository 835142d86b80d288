import { describe, expect, it } from "vitest";
import { lowPass } from "./low-pass.js";

/** numpy.fft 2.4 of the same picture: rows and columns from trunc(n x 0.13) to trunc(n x 0.87) set to 0, real part of the inverse. */
const numpy = [
  -0.0207217970755, -0.0990235921562, -0.0131422604455, 0.0846976431152, 0.0332126391342, -0.0715809475226, -0.0401663222302,
  0.0896204768315, 0.108532731778, -0.108558490419, -0.0712306684701, 0.0551928168003, 0.0654499112174, -0.0442493271702,
  -0.07611772113, 0.0346110585378, 0.106982474976, 0.0124273836655, -0.114648426288, 0.0102004014148, 0.0819665772672,
  -0.003082938762, -0.0883906475936, -0.0233362982079, 0.0833256062899, 0.043784487419, -0.0930360378192, -0.0344057587598,
  0.0839503609841, 0.0470178332385, -0.0692942729731, -0.0659720075384, 0.0470178332385, 0.0692942729731, -0.0523841122055,
  -0.128441425237, 0.0717451468638, 0.0944839864571, -0.0233362982079, -0.0833256062899, 0.0061248997769, 0.0819665772672,
  0.003082938762, -0.109106406898, -0.0671277997234, 0.123870493565, 0.0338692430058, -0.07611772113, -0.0346110585378,
  0.073609632635, 0.0551928168003, -0.0654499112174, -0.0836693518313, 0.0447344281392, 0.0827188321138, -0.0522497312355,
  -0.0715809475226, 0.0401663222302, 0.0856648107561, -0.0131422604455, -0.0846976431152, 0.00477243170819, 0.122910719197,
];

const breath = async () => {};

describe("low-pass filter", () => {
  it("keeps a constant, keeps slow waves and drops fast ones, along rows and columns", async () => {
    const [width, height] = [20, 15];
    const wave = (fx: number, fy: number) =>
      Float64Array.from({ length: width * height }, (_, i) =>
        Math.cos(2 * Math.PI * ((fx * (i % width)) / width + (fy * Math.floor(i / width)) / height)),
      );
    // Of 20 frequencies 0, 1 and 18, 19 stay (trunc(20 x 0.1) = 2); of 15 frequency 0 and 13, 14.
    for (const [fx, fy, stays] of [
      [0, 0, 1],
      [1, 0, 1],
      [3, 0, 0],
      [9, 0, 0],
      [0, 5, 0],
      [1, 5, 0],
    ] as const) {
      const picture = wave(fx, fy);
      const filtered = await lowPass(picture, width, height, 0.1, breath);
      filtered.forEach((value, i) => {
        expect(value).toBeCloseTo(stays * picture[i]!, 12);
      });
    }
  });

  it("keeps everything where all frequencies stay", async () => {
    const picture = Float64Array.from({ length: 42 }, (_, i) => (i * 7) % 5);
    const filtered = await lowPass(picture, 7, 6, 0.5, breath);
    filtered.forEach((value, i) => {
      expect(value).toBeCloseTo(picture[i]!, 12);
    });
  });

  it("equals numpy's Fourier transform with the middle set to zero", async () => {
    const picture = Float64Array.from({ length: 63 }, (_, i) => ((i * i + 3 * i) % 4 === 0 ? 1 : 0));
    const filtered = await lowPass(picture, 9, 7, 0.13, breath);
    numpy.forEach((value, i) => {
      expect(filtered[i]).toBeCloseTo(value, 10);
    });
  });
});
