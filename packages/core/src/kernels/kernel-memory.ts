/** The memory of one piece of work with a kernel: made whole before the work, and let go with the last reference to it. */

const KINDS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** What lies in the memory: of each array the kind of its numbers and how many they are. */
export type MemoryPlan = Readonly<Record<string, readonly [kind: keyof typeof KINDS, length: number]>>;

export interface KernelMemory<Plan extends MemoryPlan> {
  readonly memory: WebAssembly.Memory;
  /** Views of the memory, all 0. The address of an array, for the kernel, is its `byteOffset`. */
  readonly arrays: { readonly [Name in keyof Plan]: InstanceType<(typeof KINDS)[Plan[Name][0]]> };
}

const PAGE_BYTES = 65_536;
/** What 32-bit addresses reach. */
const MOST_PAGES = 65_536;
/** Every array begins at a multiple of this, for whole vectors; none begins at 0. */
const ALIGNMENT = 16;

/** The arrays of a plan in memory of their own, all 0: for the reference, where a host runs no kernel. */
export function plainArrays<Plan extends MemoryPlan>(plan: Plan): KernelMemory<Plan>["arrays"] {
  const views = Object.entries(plan).map(([name, [kind, length]]) => [name, new KINDS[kind](length)]);
  return Object.fromEntries(views) as KernelMemory<Plan>["arrays"];
}

/** Memory for all arrays of a plan, or undefined when the host has not so much. `isShared`: visible to other threads. */
export function kernelMemory<Plan extends MemoryPlan>(plan: Plan, isShared: boolean): KernelMemory<Plan> | undefined {
  const memory = pagesOf(Math.ceil(placesOf(plan).bytes / PAGE_BYTES), isShared);
  return memory && { memory, arrays: arraysIn(memory, plan) };
}

/** The arrays of a plan in memory that was made for it, perhaps by another thread. */
export function arraysIn<Plan extends MemoryPlan>({ buffer }: WebAssembly.Memory, plan: Plan): KernelMemory<Plan>["arrays"] {
  const { addresses } = placesOf(plan);
  const views = Object.entries(plan).map(([name, [kind, length]], i) => [name, new KINDS[kind](buffer, addresses[i]!, length)]);
  return Object.fromEntries(views) as KernelMemory<Plan>["arrays"];
}

/** Where the arrays of a plan lie, and how many bytes they take. */
function placesOf(plan: MemoryPlan): { readonly addresses: readonly number[]; readonly bytes: number } {
  let bytes = ALIGNMENT;
  const addresses = Object.values(plan).map(([kind, length]) => {
    const address = bytes;
    bytes += Math.ceil((length * KINDS[kind].BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    return address;
  });
  return { addresses, bytes };
}

function pagesOf(pages: number, isShared: boolean): WebAssembly.Memory | undefined {
  if (pages > MOST_PAGES) return undefined;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
