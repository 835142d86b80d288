/**
 * `npm run test:peers`: compares with the Python packages that do the same job. Takes the Python that SIGMA_PEERS_PYTHON names; else makes a
 * virtual environment from PyPI in a temporary folder (minutes, about 1 GB) and throws it away afterwards, or keeps it with --keep.
 * PyTorch is too large for that: the autoencoder is compared where SIGMA_PEERS_TORCH_PYTHON, that Python or the system's has it, else skipped.
 */
import { spawnSync } from "node:child_process";
import { systemPython, withPeersPython } from "./peers-environment.mjs";
import { ensurePackages, root } from "./setup.mjs";

const keep = process.argv.includes("--keep");
const rest = process.argv.slice(2).filter((argument) => argument !== "--keep");

ensurePackages();
process.exitCode = await withPeersPython(runTests, { keep });

function hasTorch(python) {
  return spawnSync(python, ["-c", "import torch"], { stdio: "ignore" }).status === 0;
}

function runTests(python) {
  const torch = [process.env["SIGMA_PEERS_TORCH_PYTHON"], python, systemPython].find(
    (name) => name !== undefined && hasTorch(name),
  );
  const env = { ...process.env, SIGMA_PEERS_PYTHON: python, ...(torch === undefined ? {} : { SIGMA_PEERS_TORCH_PYTHON: torch }) };
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "peers", ...rest];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env });
  return status ?? 1;
}
