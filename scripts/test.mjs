/** `npm test`: lint, types, build, and every test in Node and in a real Chromium. Ends with the line "N passed, N failed". */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium, ensurePackages, root } from "./setup.mjs";

ensurePackages();
const chromium = ensureChromium();
const scratch = mkdtempSync(join(tmpdir(), "sigma-test-"));
const tally = { passed: 0, failed: 0, skipped: 0 };

check("lint", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]);
check("build", ["node_modules/typescript/bin/tsc", "-b", "packages/core", "packages/cli", "packages/web"]);
check("bundle", ["scripts/bundle-cli.mjs"]);
check("types of tests", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.test.json"]);
runTests();

rmSync(scratch, { recursive: true, force: true });
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : "";
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exit(tally.failed > 0 ? 1 : 0);

function check(name, args) {
  process.stderr.write(`${name} ...\n`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  tally[status === 0 ? "passed" : "failed"] += 1;
}

function runTests() {
  const report = join(scratch, "tests.json");
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "node",
    "--project",
    "chromium",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ];
  const env = chromium === undefined ? process.env : { ...process.env, SIGMA_CHROMIUM: chromium };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env });
  const before = tally.failed;
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    tally.passed += result.numPassedTests;
    tally.failed += result.numFailedTests;
    tally.skipped += result.numPendingTests + result.numTodoTests;
  } catch (error) {
    process.stderr.write(`The test run left no report: ${error.message}\n`);
  }
  if (status !== 0 && tally.failed === before) tally.failed += 1;
}
