/** A worker of the engine's worker, which does tasks of the core as it asks. */
import { serveThread, type ThreadRequest } from "@sigma-eds/core";

serveThread({
  listen: (onRequest) => addEventListener("message", ({ data }: MessageEvent<ThreadRequest>) => onRequest(data)),
  send: (reply) => postMessage(reply),
});
