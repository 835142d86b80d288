/** The wand: pixels whose spectra agree with the one that was clicked, by counting statistics. */
import { connectedFrom, type Frame, growMask } from "./morphology.js";
import { type LineCounts, likelier, meanOutside, windowRadius, windowsOf } from "./windows.js";

export interface WandOptions {
  /** How many standard deviations the disagreement may be beyond what counting noise gives. Default 3. */
  readonly sigma: number;
  /** Only pixels that hang together with the clicked one. Default true. */
  readonly connected: boolean;
}

const wandDefaults: WandOptions = { sigma: 3, connected: true };

/**
 * Uint8 [height x width], in the frame of `seed`: pixels that agree with the clicked one. The spectrum of one pixel seldom tells phases apart, so that windows of pixels are compared, as wide
 * as the counts make necessary ({@link windowRadius}). The mean counts c of n pixels are taken as 2 sqrt(c + 3/8n), whose variance is 1/n (F. J. Anscombe, 1948,
 * doi:10.1093/biomet/35.3-4.246); the sum over L lines of squared differences, each divided by its variance, then has mean L and standard deviation sqrt(2 L) where only noise differs, and windows agree
 * when it is at most `sigma` of these above the mean. Along the edge of what is found pixels are taken one by one ({@link edgePixels}).
 */
export function wandMask(seed: number, frame: Frame, lines: LineCounts, options: Partial<WandOptions> = {}): Uint8Array {
  const { sigma, connected } = { ...wandDefaults, ...options };
  const start = seed - (seed % (frame.width * frame.height));
  const radius = windowRadius(lines, start, frame);
  const limit = lines.length + sigma * Math.sqrt(2 * lines.length);
  const wide = windowsOf(lines, frame, radius);
  const clicked = wide.at(seed).slice();
  const agrees = askedOnce(start, frame, (pixel) => pixel === seed || wide.distance(pixel, clicked, limit) <= limit);
  const inner = connected ? connectedFrom(seed, frame, agrees) : everywhere(start, frame, agrees);
  if (radius === 0) return inner;
  const edge = edgePixels(inner, start, { lines, frame, radius, clicked, limit });
  const taken = inner.map((value, p) => value | edge[p]!);
  return connected ? connectedFrom(seed, frame, (pixel) => taken[pixel - start] === 1) : taken;
}

type Agrees = (pixel: number) => boolean;

/** The same answers, each computed once: a pixel is met from every side. */
function askedOnce(start: number, { width, height }: Frame, agrees: Agrees): Agrees {
  const [unknown, yes, no] = [0, 1, 2];
  const answers = new Uint8Array(width * height);
  return (pixel) => {
    if (answers[pixel - start] === unknown) answers[pixel - start] = agrees(pixel) ? yes : no;
    return answers[pixel - start] === yes;
  };
}

function everywhere(start: number, { width, height }: Frame, agrees: Agrees): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, p) => (agrees(start + p) ? 1 : 0));
}

interface Ground {
  readonly lines: LineCounts;
  readonly frame: Frame;
  readonly radius: number;
  /** The window that was clicked. */
  readonly clicked: Float64Array;
  readonly limit: number;
}

/**
 * Uint8 [height x width]: pixels around `inner`, as far as windows reach, that agree with the clicked window by themselves, and to which it is likelier than what lies beyond them: windows there
 * hold both sides.
 */
function edgePixels(inner: Uint8Array, start: number, { lines, frame, radius, clicked, limit }: Ground): Uint8Array {
  let reach = inner;
  for (let step = 0; step < radius; step++) reach = growMask(reach, frame);
  const single = windowsOf(lines, frame, 0);
  const inside = lines.map((_, l) => (clicked[l]! / 2) ** 2);
  return inner.map((value, p) => {
    if (value === 1 || reach[p] === 0 || single.distance(start + p, clicked, limit) > limit) return 0;
    const beyond = meanOutside(reach, p, start, 2 * radius, lines, frame);
    return beyond === undefined || likelier(lines, start + p, inside, beyond) ? 1 : 0;
  });
}
