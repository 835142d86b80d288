/**
 * Compiles the kernels of packages/core/src/kernels/assembly with AssemblyScript into packages/core/src/kernels/generated, as TypeScript modules that
 * hold the program in base64, so that nothing has to be fetched or placed. The result is committed; a test compares it with its source.
 * Run after changing a kernel: npm run build:kernels
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const kernels = fileURLToPath(new URL("../packages/core/src/kernels", import.meta.url));

/** No runtime, no allocation, no checks: a kernel works in the memory that it is given. Relaxed SIMD is not enabled: its bits differ between machines. */
const FLAGS = [
  "--runtime",
  "stub",
  "--importMemory",
  "--noAssert",
  "--optimizeLevel",
  "3",
  "--enable",
  "simd",
  "--enable",
  "bulk-memory",
];
/** 65,536 pages of 64 KiB, all that 32 bits can address. */
const SHARED = ["--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"];

export function kernelNames() {
  return readdirSync(`${kernels}/assembly`)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** Text of the module that holds a kernel: one program for memory of its own, one for memory shared with other threads. */
export async function kernelModule(name) {
  const [own, shared] = [await compiled(name, FLAGS), await compiled(name, [...FLAGS, ...SHARED])];
  return [
    `/* Made from assembly/${name}.ts by scripts/build-kernels.mjs with AssemblyScript ${asc.version}. Do not edit. */`,
    'import type { KernelProgram } from "../kernel.js";',
    "",
    `export const ${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Program: KernelProgram = {`,
    `  name: "${name}",`,
    `  own: "${own.toString("base64")}",`,
    `  shared: "${shared.toString("base64")}",`,
    "};",
    "",
  ].join("\n");
}

async function compiled(name, flags) {
  const written = new Map();
  const messages = [];
  const { error } = await asc.main([`${name}.ts`, "--outFile", `${name}.wasm`, ...flags], {
    stderr: { write: (text) => messages.push(text) },
    stdout: { write: () => {} },
    readFile: (file) => (existsSync(`${kernels}/assembly/${file}`) ? readFileSync(`${kernels}/assembly/${file}`, "utf8") : null),
    writeFile: (file, content) => written.set(file, content),
    listFiles: () => [],
  });
  if (error) throw new Error(`${name}: ${error.message}\n${messages.join("")}`);
  return Buffer.from(written.get(`${name}.wasm`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(`${kernels}/generated`, { recursive: true });
  for (const name of kernelNames()) writeFileSync(`${kernels}/generated/${name}.ts`, await kernelModule(name));
}
