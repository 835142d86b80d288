/** Shares of known spectra in sparse pixels, one round of expectation and maximisation, as a kernel and in plain TypeScript with the same bits: float64. */
import { pixelSharesProgram } from "../../../kernels/generated/pixel-shares.js";
import { kernelModule, startKernel } from "../../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan, plainArrays } from "../../../kernels/kernel-memory.js";

export interface ShareSizes {
  /** Most pixels at a time. */
  readonly pixels: number;
  /** Most entries of so many pixels. */
  readonly entries: number;
  /** Whether counts are whole numbers of 16 bits; else they are float32. */
  readonly isWhole: boolean;
  /** Room for spectra of members, float64 values. */
  readonly room: number;
  readonly components: number;
}

/** Words of a job: first entry, entry behind the last, where the members' spectra are, number of members. */
const JOB_WORDS = 4;

/** Members of a pixel lie in pairs: from one pixel to the next, and from one bin to the next. */
export function pairedSize(members: number): number {
  return 2 * Math.ceil(members / 2);
}

function sharesPlan({ pixels, entries, isWhole, room, components }: ShareSizes) {
  const stride = pairedSize(components);
  return {
    bin: ["uint8", entries],
    count: [isWhole ? "uint16" : "float32", entries],
    /** Spectra of the members that some pixels have: float64 [bins x paired members], one choice of members after the other. */
    spectra: ["float64", room],
    jobs: ["int32", JOB_WORDS * pixels],
    /** Float64 [pixels x paired components]: the members' shares, and what is added to what they gain. */
    shares: ["float64", pixels * stride],
    prior: ["float64", pixels * stride],
    gained: ["float64", stride],
  } as const satisfies MemoryPlan;
}

export type ShareArrays = NonNullable<ReturnType<typeof kernelMemory<ReturnType<typeof sharesPlan>>>>["arrays"];

export interface ShareProgram {
  readonly sizes: ShareSizes;
  readonly stride: number;
  readonly arrays: ShareArrays;
  /** Sets pixel `job`: its entries, the place of its members' spectra, and how many members it has. */
  setJob(job: number, from: number, behind: number, spectra: number, members: number): void;
  /**
   * Improves the shares of the first `pixels` pixels: each count is given to the members in proportion to what they make of it; what a member gains, its prior and
   * `least` are its new share, over the sum of all.
   */
  improve(pixels: number, least: number): void;
}

/** The quickest that this host has. */
export async function shareProgram(sizes: ShareSizes): Promise<ShareProgram> {
  const module = await kernelModule(pixelSharesProgram, false);
  const placed = module && kernelMemory(sharesPlan(sizes), false);
  if (module === undefined || placed === undefined) return referenceShares(sizes);
  const { memory, arrays } = placed;
  const kernel = await startKernel<"improveWhole" | "improveReal">(module, memory);
  const improve = sizes.isWhole ? kernel.improveWhole : kernel.improveReal;
  const stride = pairedSize(sizes.components);
  const { jobs, bin, count, spectra, shares, prior, gained } = arrays;
  const places = [bin, count, shares, prior, gained].map(({ byteOffset }) => byteOffset);
  return {
    sizes,
    stride,
    arrays,
    setJob: (job, from, behind, place, members) => writeJob(jobs, job, from, behind, spectra.byteOffset + 8 * place, members),
    improve: (pixels, least) => void improve(jobs.byteOffset, pixels, ...places, 8 * stride, least),
  };
}

function writeJob(jobs: Int32Array, job: number, from: number, behind: number, spectra: number, members: number): void {
  jobs[JOB_WORDS * job] = from;
  jobs[JOB_WORDS * job + 1] = behind;
  jobs[JOB_WORDS * job + 2] = spectra;
  jobs[JOB_WORDS * job + 3] = members;
}

/** In plain TypeScript. */
export function referenceShares(sizes: ShareSizes): ShareProgram {
  const arrays = plainArrays(sharesPlan(sizes));
  const stride = pairedSize(sizes.components);
  return {
    sizes,
    stride,
    arrays,
    setJob: (...given) => writeJob(arrays.jobs, ...given),
    improve(pixels, least) {
      for (let job = 0; job < pixels; job++) improveOne(arrays, job, job * stride, least);
    },
  };
}

function improveOne(
  { jobs, bin, count, spectra, shares, prior, gained }: ShareArrays,
  job: number,
  at: number,
  least: number,
): void {
  const [from, behind, place, members] = jobs.subarray(JOB_WORDS * job, JOB_WORDS * (job + 1)) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const step = pairedSize(members);
  gained.fill(0);
  for (let entry = from; entry < behind; entry++) {
    const spectrum = place + bin[entry]! * step;
    let made = 0;
    for (let i = 0; i < members; i++) made += shares[at + i]! * spectra[spectrum + i]!;
    const ratio = count[entry]! / made;
    for (let i = 0; i < members; i++) gained[i]! += ratio * spectra[spectrum + i]!;
  }
  let sum = 0;
  for (let i = 0; i < members; i++) {
    const value = shares[at + i]! * gained[i]! + prior[at + i]! + least;
    shares[at + i] = value;
    sum += value;
  }
  for (let i = 0; i < members; i++) shares[at + i]! /= sum;
}
