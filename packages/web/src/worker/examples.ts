/** Example data that come with the app: phantoms, drawn here from their parameters, so that nothing has to be loaded for them. */
import {
  canonicalJson,
  ParameterError,
  type PhantomPreset,
  parsePhantomParameters,
  phantomPresets,
  sha256OfBytes,
  streamPhantom,
} from "@sigma-eds/core";
import type { OpenInput } from "./input-files.js";

/** An example, named by a phantom of the core. Its hash is that of its parameters. Throws {@link ParameterError} for one that there is not. */
export function openExample(id: string): OpenInput {
  const preset = Object.entries<PhantomPreset>(phantomPresets).find(([name]) => name === id)?.[1];
  if (preset === undefined) {
    throw new ParameterError("There is no such example.", {
      where: "examples",
      found: id,
      expected: Object.keys(phantomPresets).join(", "),
    });
  }
  const { image } = streamPhantom(preset.parameters);
  const text = new TextEncoder().encode(canonicalJson(parsePhantomParameters(preset.parameters)));
  return {
    name: preset.name,
    contents: { format: "phantom", datasets: [image], images: [] },
    hashes: async () => [{ name: id, bytes: text.length, sha256: await sha256OfBytes(text) }],
  };
}
