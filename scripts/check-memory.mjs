/**
 * Peak memory of the main passes on large files; fails above the limit of each. Run: npm run check:memory [-- map cube stack], without a name the first. Slow: some minutes each, `cube` many.
 *
 * - map: 1,024 x 1,024 pixels x 2,048 channels at 200 counts per pixel (2 GiB on disk) is opened, binned 2 x 2 and gives 12 element maps. 2.5 GB.
 * - cube: 165 x 124 x 73 pixels x 900 channels at 100 counts (1.3 GB on disk with a byte per channel, 11 GB as float64), frames below each other, through `auto`. 4 GB.
 * - stack: 16 files of 256 x 256 pixels x 1,024 channels at 100 counts (1 GiB on disk) as one image with `--stack`, through `auto`. 4 GB.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtProgram } from "../packages/cli/bin/program.js";
import { ensureBuilt, ensurePackages } from "./setup.mjs";

const lines = ["C_Ka", "O_Ka", "F_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
const steps = [{ step: "bin", factor: 2 }, { step: "elements", lines }, { step: "maps" }];

/** Of each check: the limit in bytes, and what is done in a folder; the last thing that is measured is what counts. */
const checks = {
  map: {
    limit: 2.5e9,
    run(scratch) {
      const recipe = join(scratch, "recipe.json");
      writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
      made(["--preset", "sparse-large", "--counts", "200", "--out", join(scratch, "map")]);
      return measured(["run", join(scratch, "map", "phantom.rpl"), "--recipe", recipe, "--out", join(scratch, "result")]);
    },
  },
  cube: {
    limit: 4e9,
    run(scratch) {
      const size = ["--width", "165", "--height", String(124 * 73), "--channels", "900", "--counts", "100"];
      made(["--preset", "sparse-large", ...size, "--out", join(scratch, "cube")]);
      return measured(["run", join(scratch, "cube", "phantom.rpl"), "--preset", "auto", "--out", join(scratch, "result")]);
    },
  },
  stack: {
    limit: 4e9,
    run(scratch) {
      const size = ["--width", "256", "--height", "256", "--channels", "1024", "--counts", "100"];
      const files = Array.from({ length: 16 }, (_, i) => {
        const folder = join(scratch, `frame-${i}`);
        measured(["phantom", ...size, "--seed", String(i + 1), "--out", folder]);
        return join(folder, "phantom.rpl");
      });
      return measured(["run", ...files, "--stack", "--preset", "auto", "--out", join(scratch, "result")]);
    },
  },
};

if (process.argv[2] === "measure") await measure(process.argv.slice(3));
else check(process.argv.length > 2 ? process.argv.slice(2) : ["map"]);

function check(names) {
  const unknown = names.find((name) => !(name in checks));
  if (unknown !== undefined) {
    process.stderr.write(`There is no check "${unknown}". There are: ${Object.keys(checks).join(", ")}.\n`);
    process.exit(2);
  }
  ensurePackages();
  ensureBuilt();
  for (const name of names) {
    const { limit, run } = checks[name];
    const scratch = mkdtempSync(join(tmpdir(), "sigma-memory-"));
    try {
      const peak = run(scratch);
      report(name, peak);
      if (peak.bytes > limit) {
        process.stderr.write(`The limit is ${limit / 1e9} GB.\n`);
        process.exitCode = 1;
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

function made(words) {
  report("make", measured(["phantom", ...words]));
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
  const { main } = await import(builtProgram().href);
  const started = performance.now();
  process.exitCode = await main(words);
  const bytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`\n${JSON.stringify({ bytes, seconds: (performance.now() - started) / 1000 })}\n`);
}

function report(what, { bytes, seconds }) {
  process.stdout.write(`${what}: peak resident memory ${(bytes / 1e9).toFixed(2)} GB, ${seconds.toFixed(1)} s\n`);
}
