/** Polynomials of a graph on several threads that share its memory: whoever is free takes the next rows. A row's sum runs over its entries in their order, whoever adds it up. */
import { ThreadLostError } from "../../../errors.js";
import { type KernelFunctions, startKernel } from "../../../kernels/kernel.js";
import { CREW_WORDS, endWork, helperMeets, isOver, leadMeets, sendHelpers, takePiece } from "../../../kernels/threads/crew.js";
import type { Threads } from "../../../spectrum-image/context.js";

export type GraphKernel = "multiply" | "nextDegree";

/** The degrees of a polynomial that are still to come, from 2 on, and where in memory everything lies. */
export interface GraphRows {
  readonly vertices: number;
  /** Addresses of the rows' starts, the columns and the values. */
  readonly matrix: readonly number[];
  readonly width: number;
  /** Addresses of the vectors of degrees 0 and 1; later degrees are written over them in turn. */
  readonly previous: number;
  readonly current: number;
  readonly degree: number;
  readonly scale: number;
  readonly centre: number;
}

/** What a helper is given. */
export interface GraphTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the int32 words of the crew. */
  readonly crew: number;
  readonly members: number;
  readonly rows: GraphRows;
}

/** Rows that one thread does in one go. */
const PIECE_ROWS = 1024;

/** Some rows of one degree. */
function doRows(kernel: KernelFunctions<GraphKernel>, rows: GraphRows, degree: number, first: number, behind: number): void {
  const { matrix, width, previous, current, scale, centre } = rows;
  const [from, into] = degree % 2 === 0 ? [current, previous] : [previous, current];
  kernel.nextDegree(first, behind, ...matrix, width, from, into, into, scale, centre);
}

/** All degrees on this thread. */
export async function degreesAlone(
  kernel: KernelFunctions<GraphKernel>,
  rows: GraphRows,
  pause: () => Promise<void>,
): Promise<void> {
  for (let degree = 2; degree <= rows.degree; degree++) {
    doRows(kernel, rows, degree, 0, rows.vertices);
    await pause();
  }
}

/** Does the next rows of a degree that nobody has taken; false where none are left. */
function doNext(kernel: KernelFunctions<GraphKernel>, rows: GraphRows, degree: number, crew: Int32Array): boolean {
  const first = takePiece(crew) * PIECE_ROWS;
  if (first >= rows.vertices) return false;
  doRows(kernel, rows, degree, first, Math.min(first + PIECE_ROWS, rows.vertices));
  return true;
}

export interface GraphLead {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernel: KernelFunctions<GraphKernel>;
  /** In `memory`. */
  readonly crew: Int32Array;
  readonly rows: GraphRows;
}

/** All degrees with the help of threads. False when a thread is lost: then the vectors hold nothing of use. */
export async function degreesByCrew(
  { module, memory, kernel, crew, rows }: GraphLead,
  threads: Threads,
  signal: AbortSignal | undefined,
  pause: () => Promise<void>,
): Promise<boolean> {
  crew.fill(0);
  const members = threads.helpers + 1;
  const task: GraphTask = { module, memory, crew: crew.byteOffset, members, rows };
  const help = sendHelpers(threads, "umap-graph", Array(threads.helpers).fill(task));
  try {
    for (let degree = 2; degree <= rows.degree; degree++) {
      while (doNext(kernel, rows, degree, crew));
      await leadMeets(crew, members, help, signal);
      await pause();
    }
  } catch (error) {
    if (error instanceof ThreadLostError) return false;
    throw error;
  } finally {
    endWork(crew);
    await help.done();
  }
  return true;
}

/** What a helper does, from the first degree to the last, or until it is let go. */
export async function helpGraph({ module, memory, crew: at, members, rows }: GraphTask): Promise<void> {
  const kernel = await startKernel<GraphKernel>(module, memory);
  const crew = new Int32Array(memory.buffer, at, CREW_WORDS);
  for (let degree = 2; degree <= rows.degree; degree++) {
    while (doNext(kernel, rows, degree, crew)) if (isOver(crew)) return;
    if (!helperMeets(crew, members)) return;
  }
}
