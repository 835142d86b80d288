/** The Python that the slow lane compares with: the one that `SIGMA_PEERS_PYTHON` names, with the packages of scripts/peers-requirements.txt. */
import { execFileSync } from "node:child_process";

const python = process.env["SIGMA_PEERS_PYTHON"];

export const noPeers = python === undefined;

/** For the name of a test or suite: why it is skipped, where it is. */
export const peersNote = noPeers ? " (skipped: run npm run test:peers, or set SIGMA_PEERS_PYTHON)" : "";

/** Runs a script that prints JSON in its last line; gives what it printed. */
export function runPython<Answer>(script: string, args: readonly string[] = [], input = ""): Answer {
  const out = execFileSync(python!, ["-W", "ignore", "-c", script, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: "pipe",
  });
  return JSON.parse(out.trim().split("\n").at(-1)!) as Answer;
}
