/**
 * Peak memory of the main passes on a large map: 1,024 x 1,024 pixels x 2,048 channels at 200 counts per pixel (2 GiB on disk) is opened,
 * binned 2 x 2 and gives 12 element maps. Fails above 2.5 GB. Run: npm run check:memory (needs 5 GB of disk and some minutes).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensurePackages } from "./setup.mjs";

const LIMIT_BYTES = 2.5e9;
const lines = ["C_Ka", "O_Ka", "F_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
const steps = [{ step: "bin", factor: 2 }, { step: "elements", lines }, { step: "maps" }];

if (process.argv[2] === "measure") await measure(process.argv.slice(3));
else check();

function check() {
  ensurePackages();
  ensureBuilt();
  const scratch = mkdtempSync(join(tmpdir(), "sigma-memory-"));
  try {
    const recipe = join(scratch, "recipe.json");
    writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
    report("make", measured(["phantom", "--preset", "sparse-large", "--counts", "200", "--out", join(scratch, "map")]));
    const peak = measured(["run", join(scratch, "map", "phantom.rpl"), "--recipe", recipe, "--out", join(scratch, "result")]);
    report("open, bin 2 x 2, 12 maps", peak);
    if (peak.bytes > LIMIT_BYTES) {
      process.stderr.write(`The limit is ${LIMIT_BYTES / 1e9} GB.\n`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function measured(words) {
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "measure", ...words], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

async function measure(words) {
  const { main } = await import("../packages/cli/dist/main.js");
  const started = performance.now();
  process.exitCode = await main(words);
  const bytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`\n${JSON.stringify({ bytes, seconds: (performance.now() - started) / 1000 })}\n`);
}

function report(what, { bytes, seconds }) {
  process.stdout.write(`${what}: peak resident memory ${(bytes / 1e9).toFixed(2)} GB, ${seconds.toFixed(1)} s\n`);
}
