/** Serves the built app, and the file that was named, on this computer alone. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { basename, dirname, extname, join, normalize, sep } from "node:path";
import { pipeline } from "node:stream/promises";

export interface AppServer {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  /** Resolves when the server has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface AppServerOptions {
  /** Folder with `index.html`. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port: number;
  /** File to open at once; the others of its set lie beside it. */
  readonly file?: string | undefined;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

/** Alone with its memory, never in a frame of another page, nothing guessed about what a file is. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Path under which the named file and its set are served; `index.json` there lists their names. */
const OPENED = "/opened/";

/** Starts to serve on loopback. Throws what listening throws, for example EADDRINUSE. */
export async function serveApp({ folder, port, file }: AppServerOptions): Promise<AppServer> {
  const server = createServer((request, response) => void answer(request, response, folder, file));
  await listening(server, port);
  const bound = server.address();
  const actual = typeof bound === "object" && bound !== null ? bound.port : port;
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  return {
    address: `http://127.0.0.1:${actual}/${file === undefined ? "" : "?open=1"}`,
    closed,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  file: string | undefined,
): Promise<void> {
  const path = pathOf(request);
  if (path === undefined || !isOurs(request)) return end(response, 404);
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405);
  if (!path.startsWith(OPENED)) return send(response, join(folder, path === "/" ? "index.html" : path), request.method);
  if (file === undefined) return end(response, 404);
  const set = await setOf(file);
  const name = path.slice(OPENED.length);
  if (name === "index.json") return sendText(response, JSON.stringify(set), ".json");
  if (!set.includes(name)) return end(response, 404);
  return send(response, join(dirname(file), name), request.method);
}

/** Path of a request, without what would lead out of the folder. */
function pathOf({ url }: IncomingMessage): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url ?? "/", "http://127.0.0.1").pathname);
    return path.includes("\0") || normalize(path).split(sep).includes("..") ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Whether the request was meant for this server: a page elsewhere that lets a name of its own point here must not read anything. */
function isOurs({ headers: { host = "" } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** The file, first, and those beside it with the same name but for the ending. */
async function setOf(file: string): Promise<string[]> {
  const name = basename(file);
  const stem = stemOf(name);
  const beside = await readdir(dirname(file)).catch((): string[] => []);
  return [name, ...beside.filter((other) => other !== name && stemOf(other) === stem)];
}

function stemOf(name: string): string {
  return basename(name, extname(name)).toLowerCase();
}

async function send(response: ServerResponse, path: string, method: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return end(response, 404);
  response.writeHead(200, {
    ...headers,
    "Content-Type": typeOf(extname(path)),
    "Content-Length": found.size,
    "Cache-Control": "no-cache",
  });
  if (method === "HEAD") {
    response.end();
    return;
  }
  // A page that is closed while it reads ends the stream: nothing is lost by it.
  await pipeline(createReadStream(path), response).catch(() => response.destroy());
}

function sendText(response: ServerResponse, text: string, extension: string): void {
  response.writeHead(200, { ...headers, "Content-Type": typeOf(extension), "Cache-Control": "no-cache" });
  response.end(text);
}

function typeOf(extension: string): string {
  return mediaTypes[extension.toLowerCase()] ?? "application/octet-stream";
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, headers);
  response.end();
}
