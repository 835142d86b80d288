import { DataCheckError, ParameterError } from "../../../errors.js";
import type { Matrix } from "../../../kernels/matrix.js";
import type { Finding } from "../../../spectrum-image/spectrum-image.js";
import type { OutputActivation } from "./layers/output-activation.js";
import type { AutoencoderParameters } from "./parameters.js";

/** By how much float32 shares of a pixel may miss the sum of 1. */
const SUM_TOLERANCE = 1e-4;

export interface OutputChoice {
  readonly output: OutputActivation;
  readonly findings: readonly Finding[];
}

/**
 * The end of the decoder that can give these features back: softmax for shares of 1, sigmoid for `bce`, else linear; or what was asked for, with a
 * warning when it cannot. Throws {@link ParameterError} for `bce` with a linear output and {@link DataCheckError} for `bce` with features
 * outside 0 to 1.
 */
export function chooseOutput(
  features: Matrix<Float32Array>,
  { output: asked, loss }: Pick<AutoencoderParameters, "output" | "loss">,
): OutputChoice {
  const shares = areShares(features);
  if (loss === "bce") requireProbabilities(features, asked);
  if (asked === "auto") {
    const output = shares ? "softmax" : loss === "bce" ? "sigmoid" : "linear";
    return { output, findings: [] };
  }
  if (asked === "softmax" && !shares) return { output: asked, findings: [softmaxMisfit] };
  if (asked === "sigmoid" && !areProbabilities(features)) return { output: asked, findings: [sigmoidMisfit] };
  return { output: asked, findings: [] };
}

const softmaxMisfit: Finding = {
  severity: "warning",
  code: "output-misfit",
  message:
    "The decoder ends in softmax, but the features are not shares of 1, so it cannot give them back and the loss stays high.",
};

const sigmoidMisfit: Finding = {
  severity: "warning",
  code: "output-misfit",
  message: "The decoder ends in a sigmoid, but there are features outside 0 to 1, which it cannot give back.",
};

/** True when every pixel's features are from 0 to 1 and sum to 1. */
function areShares(features: Matrix<Float32Array>): boolean {
  const { rows, columns, data } = features;
  if (columns < 2 || !areProbabilities(features)) return false;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += data[row * columns + c]!;
    if (Math.abs(sum - 1) > SUM_TOLERANCE) return false;
  }
  return true;
}

function areProbabilities({ data }: Matrix<Float32Array>): boolean {
  return data.every((value) => value >= 0 && value <= 1);
}

function requireProbabilities(features: Matrix<Float32Array>, output: AutoencoderParameters["output"]): void {
  if (output === "linear") {
    throw new ParameterError("Binary cross-entropy needs an output from 0 to 1.", {
      field: "output",
      found: output,
      expected: "softmax, sigmoid or auto",
    });
  }
  if (areProbabilities(features)) return;
  const at = features.data.findIndex((value) => !(value >= 0 && value <= 1));
  throw new DataCheckError("Binary cross-entropy needs features from 0 to 1.", {
    where: `feature ${at % features.columns}`,
    found: String(features.data[at]),
    remedy: "Use the mse loss, or end the normalise step with softmax.",
  });
}
