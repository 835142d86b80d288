/**
 * `npm run test:peers`: compares with the Python packages that do the same job. Takes the Python that SIGMA_PEERS_PYTHON names; else makes a
 * virtual environment from PyPI in a temporary folder (minutes, about 1 GB) and throws it away afterwards, or keeps it with --keep.
 * PyTorch is too large for that: the autoencoder is compared where SIGMA_PEERS_TORCH_PYTHON, that Python or the system's has it, else skipped.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePackages, root } from "./setup.mjs";

const keep = process.argv.includes("--keep");
const rest = process.argv.slice(2).filter((argument) => argument !== "--keep");
const given = process.env["SIGMA_PEERS_PYTHON"];
const systemPython = process.platform === "win32" ? "python" : "python3";

ensurePackages();
const folder = given === undefined ? mkdtempSync(join(tmpdir(), "sigma-peers-")) : undefined;
process.exitCode = runTests(folder === undefined ? given : environmentIn(folder));
if (folder !== undefined && keep) process.stderr.write(`Kept: set SIGMA_PEERS_PYTHON=${pythonIn(folder)}\n`);
else if (folder !== undefined) rmSync(folder, { recursive: true, force: true });

function pythonIn(environment) {
  return process.platform === "win32" ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}

/** A new virtual environment with the peers; the path of its Python. Nothing is left behind when it cannot be made. */
function environmentIn(environment) {
  process.stderr.write(`Installing the peers into ${environment} ...\n`);
  const steps = [
    [systemPython, ["-m", "venv", environment]],
    [
      pythonIn(environment),
      ["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "-r", "scripts/peers-requirements.txt"],
    ],
  ];
  for (const [command, args] of steps) {
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    if (status === 0) continue;
    rmSync(environment, { recursive: true, force: true });
    process.stderr.write(
      `${command} ${args.slice(0, 3).join(" ")} failed${error ? ` (${error.message})` : ""}. Name a Python that has the packages of ` +
        "scripts/peers-requirements.txt in SIGMA_PEERS_PYTHON.\n",
    );
    process.exit(1);
  }
  return pythonIn(environment);
}

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
