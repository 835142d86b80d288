/** Asks a Python package for the same result, in tests of the slow lane. */
import { execFileSync } from "node:child_process";

const python = process.env["SIGMA_PEERS_PYTHON"];

export const noPeers = python === undefined;

/** For the name of a test suite: why it is skipped, where it is. */
export const peersNote = noPeers ? " (skipped: run npm run test:peers, or set SIGMA_PEERS_PYTHON)" : "";

/** Runs a script that reads JSON from `given` and leaves its answer in `answer`; numpy is there as `np`. */
export function askPython<Answer>(script: string, given: object): Answer {
  const whole = `import json, sys\nimport numpy as np\ngiven = json.load(sys.stdin)\n${script}\njson.dump(answer, sys.stdout)`;
  const out = execFileSync(python!, ["-W", "ignore", "-c", whole], {
    input: JSON.stringify(given),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(out) as Answer;
}
