import { access, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { serveApp } from "../app-server.js";
import { UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";

export interface AppOptions {
  readonly port?: number;
  /** Any other port when that one is taken. */
  readonly orFree?: boolean;
}

/** Where the built app may lie: within this package, or beside it in the project. The same from `dist/commands` and from `bundle/<hash>`. */
const places = ["../../app", "../../../web/build"].map((place) => fileURLToPath(new URL(place, import.meta.url)));

/** `sigma app`: serves the web app on this computer until it is stopped. */
export async function app(file: string | undefined, options: AppOptions, host: Host): Promise<void> {
  const folder = await builtApp();
  const path = file === undefined ? undefined : resolve(file);
  if (path !== undefined) await stat(path);
  const server = await serveApp({ folder, port: options.port ?? 0, file: path }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    if (options.orFree) return serveApp({ folder, port: 0, file: path });
    throw new UsageError(`Port ${options.port} is taken. Choose another with --port, or any that is free without it.`);
  });
  host.signal.addEventListener("abort", () => server.close(), { once: true });
  host.out(`${server.address}\n`);
  host.log("Open this address in a browser. Nothing leaves this computer. Ctrl C ends it.\n");
  await server.closed;
}

async function builtApp(): Promise<string> {
  for (const place of places) {
    const found = await access(join(place, "index.html")).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  throw new UsageError("The web app is not built. In the project: npm start.");
}
