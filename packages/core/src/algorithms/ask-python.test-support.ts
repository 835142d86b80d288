/** Asks a Python package for the same result, in tests of the slow lane. */
import { runPython } from "../../test/peers-python.test-support.js";

export { noPeers, peersNote } from "../../test/peers-python.test-support.js";

/** Runs a script that reads JSON from `given` and leaves its answer in `answer`; numpy is there as `np`. */
export function askPython<Answer>(script: string, given: object): Answer {
  const whole = `import json, sys\nimport numpy as np\ngiven = json.load(sys.stdin)\n${script}\njson.dump(answer, sys.stdout)`;
  return runPython<Answer>(whole, [], JSON.stringify(given));
}
