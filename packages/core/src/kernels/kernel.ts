/**
 * Hot loops as WebAssembly programs. Each does what a reference in TypeScript does, bit for bit: the same operations of IEEE 754 in the same order, no
 * relaxed SIMD. Where a host has no WebAssembly, or forbids it (a content security policy without 'wasm-unsafe-eval'), the reference runs instead and
 * gives the same result, later.
 */

/** A program as `scripts/build-kernels.mjs` makes it from `assembly/`, in base64: for memory of its own and for memory shared by threads. */
export interface KernelProgram {
  readonly name: string;
  readonly own: string;
  readonly shared: string;
}

/** What a kernel is called by; addresses and integers are numbers. */
export type KernelFunctions<Name extends string> = Readonly<Record<Name, (...values: number[]) => number>>;

/** Compiled once per program and thread: a module holds code and no state. */
const compiled = new Map<string, Promise<WebAssembly.Module | undefined>>();

/** The compiled program, or undefined where the host runs none. A module may be posted to other threads. */
export function kernelModule(program: KernelProgram, isShared: boolean): Promise<WebAssembly.Module | undefined> {
  const code = isShared ? program.shared : program.own;
  const known = compiled.get(code);
  if (known !== undefined) return known;
  const module = compile(code);
  compiled.set(code, module);
  return module;
}

async function compile(code: string): Promise<WebAssembly.Module | undefined> {
  if (typeof WebAssembly === "undefined") return undefined;
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof EvalError) return undefined;
    throw error;
  }
}

/** A kernel at work in the given memory. It keeps no state but what lies there. */
export async function startKernel<Name extends string>(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelFunctions<Name>> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as KernelFunctions<Name>;
}
