/** A thread that does tasks of the core, as its program asks. */
import { parentPort } from "node:worker_threads";
import { serveThread } from "@sigma-eds/core";

const port = parentPort;
if (port !== null)
  serveThread({ listen: (onRequest) => port.on("message", onRequest), send: (reply) => port.postMessage(reply) });
