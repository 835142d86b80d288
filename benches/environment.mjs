/**
 * The Python that ours is compared with: the one that SIGMA_PEERS_PYTHON names, else a virtual environment in `.peers/`, made once from the newest releases on PyPI.
 * PyTorch may stand elsewhere: SIGMA_PEERS_TORCH_PYTHON.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pythonIn, systemPython } from "../scripts/peers-environment.mjs";
import { root } from "../scripts/setup.mjs";

const FOLDER = join(root, ".peers");
const REQUIREMENTS = join(root, "benches/peers-requirements.txt");
const MADE_FROM = join(FOLDER, "made-from.txt");
/** Builds of PyTorch without code for graphics cards, a tenth of the size. */
const TORCH_WITHOUT_CARDS = "https://download.pytorch.org/whl/cpu";

/** Paths of the Python with the peers and of one with PyTorch (undefined where there is none). `renew` makes the environment again. */
export function benchPythons({ renew = false } = {}) {
  const given = process.env.SIGMA_PEERS_PYTHON;
  const python = given ?? ownEnvironment(renew);
  const torch = [process.env.SIGMA_PEERS_TORCH_PYTHON, python, systemPython].find(
    (one) => one !== undefined && spawnSync(one, ["-c", "import torch"], { stdio: "ignore" }).status === 0,
  );
  return { python, torch };
}

/** `Python 3.11.7` and the versions of the packages, those that are missing left out. */
export function versionsOf(python, packages) {
  const script = [
    "import importlib.metadata as m, json, platform, sys",
    "def v(p):",
    "    try: return m.version(p)",
    "    except m.PackageNotFoundError: return None",
    "print(json.dumps({'Python': platform.python_version(), **{p: v(p) for p in sys.argv[1:] if v(p)}}))",
  ].join("\n");
  const { status, stdout } = spawnSync(python, ["-c", script, ...packages], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout) : {};
}

/** Names of the packages of the list, and PyTorch. */
export function peerPackages() {
  const names = readFileSync(REQUIREMENTS, "utf8").split("\n");
  return [...names.filter((name) => name !== "" && !name.startsWith("#")), "numba", "torch"];
}

function ownEnvironment(renew) {
  const python = pythonIn(FOLDER);
  const wanted = readFileSync(REQUIREMENTS, "utf8");
  if (!renew && existsSync(MADE_FROM) && readFileSync(MADE_FROM, "utf8") === wanted) return python;
  rmSync(FOLDER, { recursive: true, force: true });
  process.stderr.write("Making the Python environment .peers/ (once; some minutes, up to 6 GB with PyTorch) ...\n");
  must(systemPython, ["-m", "venv", FOLDER]);
  must(python, [...pip, "-r", REQUIREMENTS]);
  installTorch(python);
  writeFileSync(MADE_FROM, wanted);
  return python;
}

const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];

/** The build without graphics cards where its index can be reached, else that of PyPI; without either its row says so. */
function installTorch(python) {
  const quick = ["--timeout", "20", "--retries", "0", "--index-url", TORCH_WITHOUT_CARDS];
  for (const where of [quick, []]) {
    const { status } = spawnSync(python, [...pip, ...where, "torch"], { stdio: "ignore" });
    if (status === 0) return;
  }
  process.stderr.write(
    "PyTorch cannot be installed here; its row will say so. A Python that has it: SIGMA_PEERS_TORCH_PYTHON.\n",
  );
}

function must(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return;
  rmSync(FOLDER, { recursive: true, force: true });
  process.stderr.write(
    `${command} ${args.slice(0, 3).join(" ")} failed${error ? ` (${error.message})` : ""}. Name a Python that has the packages of benches/peers-requirements.txt in SIGMA_PEERS_PYTHON.\n`,
  );
  process.exit(1);
}
