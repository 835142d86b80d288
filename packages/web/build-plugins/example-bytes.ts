/** Makes the example while it is imported: the importer of the build ends when the module is there. */
import { analysedExample } from "../src/session/analysed-example.js";

export const EXAMPLE = "seven-minerals";
export const bytes = await analysedExample(EXAMPLE);
