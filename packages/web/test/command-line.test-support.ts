/** The command line beside the app: what the two are compared by. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const sigma = fileURLToPath(new URL("../../cli/bin/sigma.js", import.meta.url));

/** Runs `sigma` with these words; throws where it fails. */
export function runSigma(...words: string[]): void {
  execFileSync(process.execPath, [sigma, ...words], { stdio: "pipe" });
}

/** The result folder `out` of a file by a recipe. */
export function runRecipe(file: string, recipe: string, out: string): void {
  runSigma("run", file, "--recipe", recipe, "--out", out, "--progress", "none");
}
