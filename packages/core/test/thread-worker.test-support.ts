/** A worker of the browser that serves tests. */
import { serveThread, type ThreadRequest } from "../src/index.js";

serveThread({
  listen: (onRequest) => addEventListener("message", ({ data }: MessageEvent<ThreadRequest>) => onRequest(data)),
  send: (reply) => postMessage(reply),
});
