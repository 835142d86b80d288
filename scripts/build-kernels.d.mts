/** Names of the kernels in assembly/, sorted. */
export function kernelNames(): string[];
/** Text of the generated module of a kernel. */
export function kernelModule(name: string): Promise<string>;
