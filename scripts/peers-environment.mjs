/** The Python with the packages that this project compares itself with. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup.mjs";

export const systemPython = process.platform === "win32" ? "python" : "python3";

/**
 * Does `work` with the path of a Python: the one that SIGMA_PEERS_PYTHON names, else one of a new virtual environment from PyPI in a temporary folder (minutes, about
 * 1 GB), which is thrown away afterwards unless `keep`.
 */
export async function withPeersPython(work, { keep = false } = {}) {
  const given = process.env.SIGMA_PEERS_PYTHON;
  if (given !== undefined) return work(given);
  const folder = mkdtempSync(join(tmpdir(), "sigma-peers-"));
  try {
    return await work(environmentIn(folder));
  } finally {
    if (keep) process.stderr.write(`Kept: set SIGMA_PEERS_PYTHON=${pythonIn(folder)}\n`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** The Python of a virtual environment. */
export function pythonIn(environment) {
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
