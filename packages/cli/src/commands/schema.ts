import { canonicalJson, presetRecipe, presets, recipeJsonSchema } from "@sigma-eds/core";
import type { Host } from "../host.js";

export interface SchemaOptions {
  readonly presets?: boolean;
  readonly preset?: string;
}

/** `sigma schema`: what a recipe may contain, or what the presets are. */
export function schema(options: SchemaOptions, host: Host): void {
  if (options.presets) {
    for (const { id, summary } of Object.values(presets)) host.out(`${id.padEnd(20)} ${summary}\n`);
  } else if (options.preset !== undefined) {
    host.out(canonicalJson(presetRecipe(options.preset)));
  } else {
    host.out(`${JSON.stringify(recipeJsonSchema(), null, 2)}\n`);
  }
}
