/** What `npm start` and `npm test` need before they can run. Uses nothing but Node, for a machine that has nothing else. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program in the project's folder and stops this script if it fails. */
export function mustRun(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs the packages of the lock file unless exactly they are there already. */
export function ensurePackages() {
  const wanted = createHash("sha256")
    .update(readFileSync(`${root}package-lock.json`))
    .digest("hex");
  const stamp = `${root}node_modules/.installed-lock`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing packages (once) ...\n");
  mustRun("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(stamp, wanted);
}

/** Compiles what has changed since the last time, and bundles the command line. */
export function ensureBuilt() {
  mustRun(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "packages/core", "packages/cli", "packages/web"]);
  mustRun(process.execPath, ["scripts/bundle-cli.mjs"]);
}

/** Builds the web app when something that it is made of is newer than what was built. */
export function ensureAppBuilt() {
  const built = `${root}packages/web/build/index.html`;
  const sources = ["packages/core/src", "packages/web/src", "packages/web/public", "packages/web/build-plugins"];
  const single = ["packages/web/index.html", "packages/web/vite.config.ts", "package-lock.json", "docs/tutorial.md"];
  const newest = Math.max(...[...sources.flatMap(filesBelow), ...single].map((file) => statSync(`${root}${file}`).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  process.stderr.write("Building the app ...\n");
  mustRun(process.execPath, ["../../node_modules/vite/bin/vite.js", "build", "--logLevel", "error"], {
    cwd: `${root}packages/web`,
  });
}

function filesBelow(folder) {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);
}

/** Path of a Chromium: the one named by SIGMA_CHROMIUM, one that is installed, or one installed now. */
export function ensureChromium() {
  return findChromium() ?? installChromium();
}

function findChromium() {
  const named = process.env.SIGMA_CHROMIUM;
  if (named) return named;
  const places = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return places.find((place) => existsSync(place));
}

function installChromium() {
  process.stderr.write("Installing Chromium (once) ...\n");
  const quiet = { stdio: "ignore", cwd: root };
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    spawnSync("apt-get", ["update"], quiet);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
      ...quiet,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  mustRun(
    process.execPath,
    ["node_modules/playwright-core/cli.js", "install", "--with-deps", "chromium"].filter(
      (word) => isRoot || word !== "--with-deps",
    ),
  );
  return undefined;
}
