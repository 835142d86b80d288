/**
 * How quick the app's views answer, in real Chromium: hover to spectrum, lasso to spectrum and maps, pan and zoom; and the whole app: the main thread while phases are
 * found, and how soon a run is stopped. Prints a table and asserts nothing, since times belong to the machine. The project has to be built (`npm run build`).
 * `npm run bench:app [-- --gpu]`; `--gpu` lets the browser use the graphics card (a display is needed), `--write` puts the table into docs/performance.md.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import react from "@vitejs/plugin-react";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { longestTasks } from "./bench/main-thread.mjs";
import { stopsOfSteps } from "./bench/stops.mjs";

const root = join(import.meta.dirname, "..");
const sizes = [
  { name: "100,000 px", width: 400, height: 250 },
  { name: "1,000,000 px", width: 1000, height: 1000 },
];
/** The map on which the whole app is measured. */
const WHOLE = { name: "66,000 px", phantom: { width: 300, height: 220, countsPerPixel: 180, particles: 44 } };
const budgets = {
  "hover to spectrum": { "100,000 px": "50", "1,000,000 px": "" },
  "map lasso, release to spectrum": { "100,000 px": "100", "1,000,000 px": "300" },
  "latent lasso, release to spectrum": { "100,000 px": "100", "1,000,000 px": "300" },
  "drawing an outline, main thread a frame": { "100,000 px": "8", "1,000,000 px": "8" },
  "map pan and zoom, frames a second": { "100,000 px": "", "1,000,000 px": "10 (30 with a GPU)" },
  "latent pan and zoom, frames a second": { "100,000 px": "", "1,000,000 px": "10 (30 with a GPU)" },
  "class hidden or shown": { "100,000 px": "50", "1,000,000 px": "" },
};

const outDir = mkdtempSync(join(tmpdir(), "sigma-bench-"));
// As the app is built, but for the page and what only the app's own page needs.
const config = {
  configFile: false,
  root: join(root, "packages/web"),
  base: "./",
  resolve: { alias: { "@sigma-eds/core": join(root, "packages/core/src/index.ts") } },
  plugins: [react()],
  worker: { format: "es" },
  logLevel: "error",
  build: { outDir, emptyOutDir: true, target: "es2023", rolldownOptions: { input: join(root, "packages/web/bench.html") } },
  preview: { host: "127.0.0.1", port: 0 },
};
await build(config);
const server = await preview(config);
const { port } = server.httpServer.address();
const gpu = process.argv.includes("--gpu");
const browser = await chromium.launch({ ...executable(), headless: !gpu, args: ["--no-sandbox"] });
try {
  const columns = new Map();
  for (const size of sizes) columns.set(size.name, await measured(size));
  const whole = await wholeApp();
  print(columns, whole);
  if (process.argv.includes("--write")) write(columns, whole);
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
}

/** The app itself over a map of a phantom: the main thread and hover while phases are found, how soon each step is stopped, how soon an edit shows. */
async function wholeApp() {
  const folder = join(outDir, "app");
  process.env["NODE_ENV"] = "production";
  const app = { configFile: join(root, "packages/web/vite.config.ts"), mode: "test", logLevel: "error" };
  await build({ ...app, build: { outDir: folder, emptyOutDir: true } });
  const { serveApp } = await import("../packages/cli/dist/app-server.js");
  const served = await serveApp({ folder, port: 0, file: await phantomFile() });
  try {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, serviceWorkers: "block" });
    const page = await context.newPage();
    page.setDefaultTimeout(300_000);
    await page.addInitScript(watchPage);
    await page.goto(served.address);
    await page
      .getByText(/counts read/)
      .first()
      .waitFor();
    const stops = await stopsOfSteps(page);
    await page.reload();
    const hovered = await hoveredWhileFinding(page);
    await page.keyboard.press("Shift+3");
    await page.getByTitle(/Labels: SHA-256/).waitFor();
    const edits = [];
    for (let i = 0; i < 3; i++) edits.push(await edited(page));
    await context.close();
    return {
      "main thread while phases are found, longest task, processor time": hovered.tasks,
      "hover to spectrum while phases are found": spread(hovered.times),
      "stop to stopped, in every step that takes long": stopsInWords(stops),
      "a class made of a selection, key to labels": spread(edits.map(({ made }) => made)),
      "the same undone": spread(edits.map(({ undone }) => undone)),
    };
  } finally {
    served.close();
  }
}

async function phantomFile() {
  const { makePhantom, writeRpl } = await import("../packages/core/dist/index.js");
  const { image } = await makePhantom(WHOLE.phantom);
  const { rpl, raw } = await writeRpl(image);
  const pieces = [];
  for await (const piece of raw) pieces.push(piece.slice());
  writeFileSync(join(outDir, "bench.raw"), Buffer.concat(pieces));
  writeFileSync(join(outDir, "bench.rpl"), rpl);
  return join(outDir, "bench.rpl");
}

/** Runs from the beginning, with the pointer always moving over the map. */
async function hoveredWhileFinding(page) {
  await page
    .getByText(/counts read/)
    .first()
    .waitFor();
  await page.waitForTimeout(1000);
  const map = await page.locator('[aria-roledescription="map"]').first().boundingBox();
  const tasks = await longestTasks(page, async () => {
    await page.getByRole("banner").getByRole("button", { name: "Find phases" }).click();
    const found = page
      .getByText(/\d+ classes in \d+ s/)
      .first()
      .waitFor();
    await moveUntil(page, map, found);
  });
  const times = await page.evaluate(() => window.pixelAnswers);
  const over = tasks.filter((time) => time > 100).length;
  return { times, tasks: `${tasks[0]?.toFixed(0) ?? 0} ms (100), ${over} above 100` };
}

async function moveUntil(page, { x, y, width, height }, end) {
  let over = false;
  void end.then(() => {
    over = true;
  });
  for (let i = 0; !over; i++) {
    await page.mouse.move(x + 40 + ((7 * i) % (width - 80)), y + 40 + ((3 * i) % (height - 80)));
    await page.waitForTimeout(40);
  }
}

function stopsInWords(stops) {
  const [slowest] = [...stops].sort((a, b) => b.ms - a.ms);
  return slowest === undefined
    ? "no step took long enough"
    : `${spread(stops.map(({ ms }) => ms))} (1000; ${slowest.step}), ${stops.length} steps`;
}

/** In the page: milliseconds from every question for a pixel's spectrum to its answer, and from keys to labels. */
function watchPage() {
  window.pixelAnswers = [];
  const Plain = Worker;
  window.Worker = class extends Plain {
    #asked = new Map();
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const at = this.#asked.get(data?.id);
        if (at !== undefined) window.pixelAnswers.push(performance.now() - at);
        this.#asked.delete(data?.id);
      });
    }
    postMessage(message, transfer) {
      if (message?.path?.[0] === "pixelSpectrum") this.#asked.set(message.id, performance.now());
      super.postMessage(message, transfer);
    }
  };
  /** Milliseconds from the next key press to the frame in which other labels are shown. */
  window.labelsAfterKey = () =>
    new Promise((resolve) => {
      const shown = document.querySelector("[title^='Labels: SHA-256']");
      let pressed = 0;
      addEventListener("keydown", () => (pressed = performance.now()), { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (pressed === 0) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
      });
      observer.observe(shown, { attributes: true, attributeFilter: ["title"] });
    });
}

async function edited(page) {
  await page.keyboard.press("1");
  await page
    .getByText(/px selected/)
    .first()
    .waitFor();
  const keyed = async (key) => {
    const taken = page.evaluate(() => window.labelsAfterKey());
    await page.waitForTimeout(50);
    await page.keyboard.press(key);
    const time = await taken;
    await page.waitForTimeout(500);
    await page.getByText(/Bringing up to date/).waitFor({ state: "hidden" });
    return time;
  };
  return { made: await keyed("n"), undone: await keyed("Control+z") };
}

function executable() {
  const path = process.env["SIGMA_CHROMIUM"] ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((one) => existsSync(one));
  return path === undefined ? {} : { executablePath: path };
}

async function measured({ width, height }) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.on("pageerror", (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(`http://127.0.0.1:${port}/bench.html?width=${width}&height=${height}`);
  await page.waitForSelector('[aria-roledescription="scatter plot"]', { timeout: 120_000 });
  await page.waitForTimeout(2500);
  const map = await (await page.$('[aria-roledescription="map"]')).boundingBox();
  const latent = await (await page.$('[aria-roledescription="scatter plot"]')).boundingBox();
  await page.evaluate(watchAnswers);
  const results = {
    "hover to spectrum": await hovered(page, map),
    "map lasso, release to spectrum": await lassoed(page, map),
    "latent lasso, release to spectrum": await lassoed(page, latent),
    "drawing an outline, main thread a frame": await busyWhileDrawing(page, map),
    "map pan and zoom, frames a second": await framesWhileMoving(page, map),
    "latent pan and zoom, frames a second": await framesWhileMoving(page, latent),
    "class hidden or shown": await toggled(page),
  };
  await page.close();
  return results;
}

/** In the page: `sinceEvent(name)` is the time from the newest event of that name to the frame in which the newest answer is on the screen. */
function watchAnswers() {
  const { answers } = window.benchSession;
  const last = { pointermove: 0, pointerup: 0 };
  for (const name of Object.keys(last)) addEventListener(name, () => (last[name] = performance.now()), { capture: true });
  window.nextAnswer = (which, event) =>
    new Promise((resolve) => {
      const stop = answers[which].subscribe(() => {
        stop();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - last[event])));
      });
    });
}

async function hovered(page, { x, y, width, height }) {
  await page.evaluate(() => window.benchSession.linked.tool.set("pick", "bench"));
  const times = [];
  for (let i = 0; i < 25; i++) {
    const answer = page.evaluate(() => window.nextAnswer("hovered", "pointermove"));
    await page.mouse.move(x + width * (0.2 + 0.02 * i), y + height * (0.3 + 0.015 * i));
    times.push(await answer);
    await page.waitForTimeout(40);
  }
  return spread(times);
}

async function lassoed(page, box) {
  const times = [];
  for (let i = 0; i < 6; i++) {
    await page.evaluate(() => window.benchSession.linked.tool.set("lasso", "bench"));
    await dragLasso(page, box, 0.22 + 0.03 * i);
    const answer = page.evaluate(() => window.nextAnswer("selected", "pointerup"));
    await page.mouse.up();
    times.push(await answer);
    await page.waitForTimeout(150);
  }
  return spread(times);
}

async function dragLasso(page, { x, y, width, height }, radius) {
  const at = (step) => [x + width * (0.5 + radius * Math.cos(step / 8)), y + height * (0.48 + radius * Math.sin(step / 8))];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let step = 1; step <= 48; step++) await page.mouse.move(...at(step));
}

async function busyWhileDrawing(page, box) {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const before = await metrics(client);
  await dragLasso(page, box, 0.3);
  const after = await metrics(client);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return `${((1000 * (after.TaskDuration - before.TaskDuration)) / 48).toFixed(1)} ms`;
}

async function metrics(client) {
  const { metrics: list } = await client.send("Performance.getMetrics");
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** Wheel events one after the other, in and out, then a drag; frames are counted in the page. */
async function framesWhileMoving(page, { x, y, width, height }) {
  await page.evaluate(() => window.benchSession.linked.tool.set("hand", "bench"));
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.evaluate(() => {
    const frames = [];
    window.framesSeen = frames;
    const tick = (now) => {
      frames.push(now);
      window.frameTick = requestAnimationFrame(tick);
    };
    window.frameTick = requestAnimationFrame(tick);
  });
  for (let i = 0; i < 30; i++) await page.mouse.wheel(0, i < 20 ? -40 : 40);
  await page.mouse.down();
  for (let i = 0; i < 30; i++) await page.mouse.move(x + width / 2 + 6 * Math.sin(i) * i, y + height / 2 + 4 * i);
  await page.mouse.up();
  const rate = await page.evaluate(() => {
    cancelAnimationFrame(window.frameTick);
    const frames = window.framesSeen;
    return (1000 * (frames.length - 1)) / (frames.at(-1) - frames[0]);
  });
  await page.mouse.dblclick(x + width / 2, y + height / 2);
  await page.waitForTimeout(200);
  return `${rate.toFixed(0)}`;
}

async function toggled(page) {
  const times = await page.evaluate(async () => {
    const { visibleClasses } = window.benchSession.linked;
    const taken = [];
    for (let i = 0; i < 10; i++) {
      const { value } = visibleClasses.current;
      const began = performance.now();
      visibleClasses.set({ ...value, hidden: new Set(i % 2 === 0 ? [2] : []) }, "bench");
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      taken.push(performance.now() - began);
    }
    return taken;
  });
  return spread(times);
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `${at(0.5).toFixed(0)} ms, at most ${sorted.at(-1).toFixed(0)}`;
}

function rowsOf(columns, whole) {
  const names = [...columns.keys()];
  const aim = (what, name) => (budgets[what][name] === "" ? "" : `(${budgets[what][name]})`);
  return [
    ...Object.keys(budgets).map((what) => [what, ...names.map((name) => `${columns.get(name)[what]} ${aim(what, name)}`.trim())]),
    ...Object.entries(whole).map(([what, value]) => [`${what}; ${WHOLE.name}`, value, ""]),
  ];
}

function machine() {
  return `${cpus().length} cores of ${cpus()[0].model.trim()}, load ${loadavg()[0].toFixed(1)}, ${gpu ? "with" : "without"} a graphics card`;
}

function print(columns, whole) {
  const rows = rowsOf(columns, whole);
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ");
  process.stdout.write(`${[...columns.keys()].join(" and ")}; medians, aims in parentheses (ms). ${machine()}\n`);
  for (const row of rows) process.stdout.write(`${line(row)}\n`);
}

/** Puts the table into docs/performance.md, between its marks. */
function write(columns, whole) {
  const file = join(root, "docs/performance.md");
  const [begin, end] = ["<!-- bench:app -->", "<!-- /bench:app -->"];
  const text = readFileSync(file, "utf8");
  const table = [
    `| ${["what", ...columns.keys()].join(" | ")} |`,
    `| ${["what", ...columns.keys()].map(() => "---").join(" | ")} |`,
    ...rowsOf(columns, whole).map((row) => `| ${row.join(" | ")} |`),
  ];
  const content = `${begin}\nMeasured on ${machine()}.\n\n${table.join("\n")}\n${end}`;
  writeFileSync(file, text.slice(0, text.indexOf(begin)) + content + text.slice(text.indexOf(end) + end.length));
}
