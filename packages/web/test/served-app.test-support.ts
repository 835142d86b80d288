/** The built app in a real Chromium, served as `sigma app` serves it, with a small file whose phases are known. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makePhantom, writeRpl } from "@sigma-eds/core";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { type AppServer, serveApp } from "../../cli/src/app-server.js";

const web = fileURLToPath(new URL("..", import.meta.url));

/** Path of the browser: the one that the tests of the project use. */
export const browserPath = process.env["SIGMA_CHROMIUM"] ?? (existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);

/** Milliseconds for anything at all: other programs may keep the machine busy. */
export const PATIENCE = 120_000;

/** Milliseconds for a test: more than for anything that it waits for, which then says itself what was missing. */
export const WALK = 2 * PATIENCE;

export interface ServedApp {
  /** The file that the app opens. */
  readonly file: string;
  /** Another of the same kind, both of its parts. */
  readonly other: string[];
  readonly folder: string;
  readonly server: AppServer;
  readonly browser: Browser;
  /** A page that remembers what it asked for and what it complained of; `apart`: with a storage of its own. */
  page(apart?: boolean): Promise<WatchedPage>;
  close(): Promise<void>;
}

export interface WatchedPage {
  readonly page: Page;
  /** Addresses of everything that was asked for. */
  readonly asked: string[];
  /** Errors on the console, breaches of the policy among them, and exceptions. */
  readonly complaints: string[];
}

/** Builds the app as it is published; other tests of this process are of the development that they were. */
async function buildInto(outDir: string): Promise<void> {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  await build({ configFile: join(web, "vite.config.ts"), mode: "test", logLevel: "error", build: { outDir, emptyOutDir: true } });
  process.env["NODE_ENV"] = before;
}

export async function servedApp(): Promise<ServedApp> {
  const folder = mkdtempSync(join(tmpdir(), "sigma-app-"));
  const built = join(folder, "build");
  await buildInto(built);
  const file = await phantomFile(folder, "specimen", 56);
  const other = await phantomFile(folder, "other", 40);
  const server = await serveApp({ folder: built, port: 0, file });
  const browser = await launched();
  const newContext = () =>
    browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: "dark", acceptDownloads: true });
  const shared = await newContext();
  return {
    file,
    other: [other, other.replace(/rpl$/, "raw")],
    folder,
    server,
    browser,
    async page(apart = false) {
      const context = apart ? await newContext() : shared;
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      // Someone listens from the beginning: a picker that opens before the browser knows that it is awaited would be lost.
      page.on("filechooser", () => {});
      const asked: string[] = [];
      const complaints: string[] = [];
      context.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      return { page, asked, complaints };
    },
    async close() {
      await browser.close();
      server.close();
      await server.closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launched(): Promise<Browser> {
  const options = browserPath === undefined ? {} : { executablePath: browserPath };
  return chromium.launch({
    ...options,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Few pixels, few channels, many counts: phases are found in a second or two. */
async function phantomFile(folder: string, name: string, width: number): Promise<string> {
  const { image } = await makePhantom({
    width,
    height: 42,
    channels: 512,
    channelWidthEv: 20,
    countsPerPixel: 150,
    particles: 14,
  });
  const { rpl, raw } = await writeRpl(image);
  const pieces: Uint8Array[] = [];
  for await (const piece of raw) pieces.push(piece.slice());
  writeFileSync(join(folder, `${name}.raw`), Buffer.concat(pieces));
  writeFileSync(join(folder, `${name}.rpl`), rpl);
  return join(folder, `${name}.rpl`);
}
