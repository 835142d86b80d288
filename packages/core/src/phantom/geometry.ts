/** Where the phases lie: particles painted over a matrix, then blurred as the interaction volume blurs them. */
import { cos, exp, sin } from "../kernels/math.js";
import { type RandomStream, randomStream } from "../kernels/random.js";
import type { PhantomParameters } from "./parameters.js";

/** Convex outline: the points (x, y) for which every edge function a x + b y + c is at least 0; or an ellipse. */
interface Shape {
  readonly centreX: number;
  readonly centreY: number;
  /** No point of the shape is farther from its centre. */
  readonly reach: number;
  contains(x: number, y: number): boolean;
}

interface Particle {
  readonly shape: Shape;
  /** Index of the phase. */
  readonly phase: number;
  /** Share of the signal that comes from the particle where it lies, 0 to 1. */
  readonly opacity: number;
}

/**
 * Share of the signal of each pixel that comes from each phase: float32 [pixels x phases], row-major, rows sum to 1. Phase 0 is the
 * matrix, then the particle phases, then the rare ones.
 */
export function areaFractions(parameters: PhantomParameters): Float32Array {
  const { width, height, blurPx } = parameters;
  const phases = 1 + parameters.particlePhases.length + parameters.rarePhases.length;
  const planes = Array.from({ length: phases }, () => new Float64Array(width * height));
  planes[0]!.fill(1);
  for (const particle of drawParticles(parameters)) paint(planes, width, height, particle);
  if (blurPx > 0) for (const plane of planes) blur(plane, width, height, blurPx);
  return interleave(planes);
}

function drawParticles(parameters: PhantomParameters): Particle[] {
  const { particlePhases, thinShare, smallestRadiusPx, largestRadiusPx } = parameters;
  const particles = particlePhases.length === 0 ? 0 : parameters.particles;
  const random = randomStream(parameters.seed, "phantom-particles");
  const order = random.shuffle(Int32Array.from({ length: particles }, (_, i) => 1 + (i % particlePhases.length)));
  const thin = Math.round(thinShare * particles);
  const isThin = random.shuffle(Uint8Array.from({ length: particles }, (_, i) => (i < thin ? 1 : 0)));
  const drawn: Particle[] = [];
  for (let i = 0; i < particles; i++) {
    const half = smallestRadiusPx + (Math.max(smallestRadiusPx, largestRadiusPx) - smallestRadiusPx) * random.uniform();
    const shape = drawShape(parameters, random, half, half * (0.55 + 0.45 * random.uniform()));
    const opacity = isThin[i] === 1 ? 0.35 + 0.35 * random.uniform() : 1;
    drawn.push({ shape, phase: order[i]!, opacity });
  }
  return [...drawn, ...drawRareGrains(parameters)];
}

/** One grain each, of the wanted area, clear of the borders and of each other as far as the map has room. */
function drawRareGrains(parameters: PhantomParameters): Particle[] {
  const { width, height, rarePhases, particlePhases } = parameters;
  const random = randomStream(parameters.seed, "phantom-rare-grains");
  const grains: Particle[] = [];
  rarePhases.forEach(({ pixels }, i) => {
    const aspect = 0.7 + 0.3 * random.uniform();
    const long = Math.sqrt(pixels / (Math.PI * aspect));
    let shape = ellipse(0, 0, long, long * aspect, 0);
    for (let attempt = 0; attempt < 50; attempt++) {
      const x = long + (width - 1 - 2 * long) * random.uniform();
      const y = long + (height - 1 - 2 * long) * random.uniform();
      shape = ellipse(x, y, long, long * aspect, Math.PI * random.uniform());
      if (grains.every((grain) => apart(grain.shape, shape))) break;
    }
    grains.push({ shape, phase: 1 + particlePhases.length + i, opacity: 1 });
  });
  return grains;
}

function apart(a: Shape, b: Shape): boolean {
  const gap = a.reach + b.reach + 4;
  const dx = a.centreX - b.centreX;
  const dy = a.centreY - b.centreY;
  return dx * dx + dy * dy > gap * gap;
}

function drawShape({ width, height }: PhantomParameters, random: RandomStream, long: number, short: number): Shape {
  const x = (width - 1) * random.uniform();
  const y = (height - 1) * random.uniform();
  const angle = Math.PI * random.uniform();
  if (random.uniform() < 0.5) return ellipse(x, y, long, short, angle);
  return polygon(x, y, long, short, angle, 5 + random.integer(4), random);
}

function ellipse(centreX: number, centreY: number, long: number, short: number, angle: number): Shape {
  const c = cos(angle);
  const s = sin(angle);
  return {
    centreX,
    centreY,
    reach: long,
    contains(x, y) {
      const u = (c * (x - centreX) + s * (y - centreY)) / long;
      const v = (c * (y - centreY) - s * (x - centreX)) / short;
      return u * u + v * v <= 1;
    },
  };
}

/** A convex polygon with its corners on an ellipse, at uneven steps. */
function polygon(
  centreX: number,
  centreY: number,
  long: number,
  short: number,
  angle: number,
  corners: number,
  random: RandomStream,
): Shape {
  const c = cos(angle);
  const s = sin(angle);
  const points = Array.from({ length: corners }, (_, i) => {
    const t = (2 * Math.PI * (i + 0.7 * random.uniform())) / corners;
    const u = long * cos(t);
    const v = short * sin(t);
    return [centreX + c * u - s * v, centreY + s * u + c * v] as const;
  });
  return {
    centreX,
    centreY,
    reach: long,
    contains(x, y) {
      for (let i = 0; i < corners; i++) {
        const [x0, y0] = points[i]!;
        const [x1, y1] = points[(i + 1) % corners]!;
        if ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) < 0) return false;
      }
      return true;
    },
  };
}

/** Points of a pixel at which coverage is sampled, in each direction. */
const SAMPLES = 3;

function paint(planes: readonly Float64Array[], width: number, height: number, { shape, phase, opacity }: Particle): void {
  const top = Math.max(0, Math.floor(shape.centreY - shape.reach));
  const bottom = Math.min(height - 1, Math.ceil(shape.centreY + shape.reach));
  const left = Math.max(0, Math.floor(shape.centreX - shape.reach));
  const right = Math.min(width - 1, Math.ceil(shape.centreX + shape.reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const covered = opacity * coverage(shape, x, y);
      if (covered === 0) continue;
      const pixel = y * width + x;
      for (const plane of planes) plane[pixel]! *= 1 - covered;
      planes[phase]![pixel]! += covered;
    }
  }
}

function coverage(shape: Shape, x: number, y: number): number {
  let inside = 0;
  for (let j = 0; j < SAMPLES; j++) {
    for (let i = 0; i < SAMPLES; i++) {
      if (shape.contains(x - 0.5 + (i + 0.5) / SAMPLES, y - 0.5 + (j + 0.5) / SAMPLES)) inside += 1;
    }
  }
  return inside / (SAMPLES * SAMPLES);
}

/** Gaussian blur in place, both directions; at the borders the weights that lie inside are scaled up to 1. */
function blur(plane: Float64Array, width: number, height: number, sigma: number): void {
  const radius = Math.ceil(4 * sigma);
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => exp((-0.5 * i * i) / (sigma * sigma)));
  const line = new Float64Array(Math.max(width, height));
  for (let y = 0; y < height; y++) blurLine(plane, y * width, 1, width, weights, line);
  for (let x = 0; x < width; x++) blurLine(plane, x, width, height, weights, line);
}

function blurLine(
  plane: Float64Array,
  start: number,
  step: number,
  length: number,
  weights: Float64Array,
  line: Float64Array,
): void {
  const radius = weights.length - 1;
  for (let i = 0; i < length; i++) line[i] = plane[start + i * step]!;
  for (let i = 0; i < length; i++) {
    const first = Math.max(0, i - radius);
    const last = Math.min(length - 1, i + radius);
    let sum = 0;
    let total = 0;
    for (let j = first; j <= last; j++) {
      const weight = weights[Math.abs(i - j)]!;
      sum += weight * line[j]!;
      total += weight;
    }
    plane[start + i * step] = sum / total;
  }
}

function interleave(planes: readonly Float64Array[]): Float32Array {
  const phases = planes.length;
  const pixels = planes[0]!.length;
  const fractions = new Float32Array(pixels * phases);
  for (let p = 0; p < pixels; p++) {
    let sum = 0;
    for (let k = 0; k < phases; k++) sum += planes[k]![p]!;
    for (let k = 0; k < phases; k++) {
      const share = planes[k]![p]! / sum;
      fractions[p * phases + k] = share < LEAST_SHARE ? 0 : share;
    }
  }
  return fractions;
}

/** Smaller shares are the far tails of the blur; they would be less than one count in ten thousand pixels. */
const LEAST_SHARE = 1e-6;
