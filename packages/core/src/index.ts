// The public API as a table of contents: one line per thing, grouped in the order of the imports' arrows.

// Errors
export * from "./errors.js";
// Formats
export * from "./formats/format.js";
// Kernels
export * from "./kernels/matrix.js";
export { type RandomStream, randomStream } from "./kernels/random.js";
// Pipeline
export * from "./pipeline/analysis.js";
// Spectrum images
export * from "./spectrum-image/axis.js";
export * from "./spectrum-image/byte-source.js";
export * from "./spectrum-image/context.js";
export * from "./spectrum-image/counts.js";
export * from "./spectrum-image/pass.js";
export * from "./spectrum-image/spectrum-image.js";
