/** Arrays that threads are to see lie in shared memory where there is some. What is made from such an array, for the same threads, asks for its kind of memory. */
import type { Threads } from "../../spectrum-image/context.js";

/** Memory of this many bytes, all 0: shared where the threads can share it. */
export function memoryFor(threads: Threads | undefined, bytes: number): ArrayBufferLike {
  const isShared = threads !== undefined && threads.helpers > 0 && threads.sharesMemory;
  return isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** Memory of this many bytes, all 0, of the kind that an array lies in. */
export function memoryLike({ buffer }: { readonly buffer: ArrayBufferLike }, bytes: number): ArrayBufferLike {
  const isShared = typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
  return isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
