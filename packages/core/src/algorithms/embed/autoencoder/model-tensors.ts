import { z } from "zod";
import { FormatError } from "../../../errors.js";
import { type Architecture, architectureSchema, sizeOf, tensorShapes } from "./architecture.js";
import { lossNames } from "./loss.js";
import type { TrainedAutoencoder } from "./trained-model.js";
import { allocateWeights } from "./weights.js";

/** A model as a file holds it: named arrays and short texts. */
export interface ModelTensors {
  readonly tensors: ReadonlyMap<string, ModelTensor>;
  /** JSON under `sigma`, a word for people under `format`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ModelTensor {
  readonly shape: readonly number[];
  readonly data: { readonly length: number; readonly [index: number]: unknown };
}

/** A tensor as we write it. */
interface WrittenTensor extends ModelTensor {
  readonly data: Float32Array | Float64Array;
}

const KIND = "sigma autoencoder";
const VERSION = 1;
const MEAN = "statistics.mean";
const SPREAD = "statistics.spread";

const names = z.array(z.string().max(200));
const description = z.strictObject({
  version: z.literal(VERSION),
  architecture: architectureSchema,
  featureNames: names,
  treatment: names,
  loss: z.enum(lossNames),
});

/** The tensors under their names, means and standard deviations of the features, and a description as JSON. */
export function modelTensors(model: TrainedAutoencoder): ModelTensors & { readonly tensors: ReadonlyMap<string, WrittenTensor> } {
  const { architecture, featureNames, treatment, statistics, loss } = model;
  const weights = allocateWeights(tensorShapes(architecture));
  weights.values.set(model.weights);
  const tensors = new Map<string, WrittenTensor>(
    weights.shapes.map(({ name, shape }) => [name, { shape, data: weights.tensor(name).values }]),
  );
  tensors.set(MEAN, { shape: [architecture.features], data: statistics.mean });
  tensors.set(SPREAD, { shape: [architecture.features], data: statistics.spread });
  const facts: z.input<typeof description> = {
    version: VERSION,
    architecture,
    featureNames: [...featureNames],
    treatment: [...treatment],
    loss,
  };
  return { tensors, metadata: { format: KIND, sigma: JSON.stringify(facts) } };
}

/**
 * The model in a file. `where` is the file's name, for messages. Throws {@link FormatError} when the file is of something else, when a
 * tensor is missing, too many or of another shape or type, or when a number is not finite.
 */
export function modelOfTensors({ tensors, metadata }: ModelTensors, where: string): TrainedAutoencoder {
  const { format, sigma } = metadata;
  if (format !== KIND) {
    throw new FormatError("This is not a model of an autoencoder.", {
      where,
      field: "__metadata__.format",
      found: format === undefined ? "nothing" : JSON.stringify(format.slice(0, 100)),
      expected: JSON.stringify(KIND),
    });
  }
  const { architecture, featureNames, treatment, loss } = descriptionOf(sigma, where);
  const weights = allocateWeights(shapesOf(architecture, where));
  const wanted = new Set([MEAN, SPREAD, ...weights.shapes.map(({ name }) => name)]);
  const surplus = [...tensors.keys()].find((name) => !wanted.has(name));
  if (surplus !== undefined) {
    throw new FormatError("There is a tensor that the network does not have.", { where, field: surplus });
  }
  for (const { name, shape } of weights.shapes)
    weights.tensor(name).values.set(floats(tensors, name, shape, Float32Array, where));
  const statistics = {
    mean: floats(tensors, MEAN, [architecture.features], Float64Array, where),
    spread: floats(tensors, SPREAD, [architecture.features], Float64Array, where),
  };
  if (featureNames.length !== architecture.features) {
    throw new FormatError("There must be one name per feature.", {
      where,
      field: "featureNames",
      found: `${featureNames.length} names`,
      expected: `${architecture.features} names`,
    });
  }
  return { architecture, weights: weights.values, featureNames, treatment, statistics, loss };
}

function descriptionOf(text: string | undefined, where: string): z.output<typeof description> {
  const field = "__metadata__.sigma";
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch (cause) {
    throw new FormatError("The description of the model is not JSON.", { where, field }, { cause });
  }
  const parsed = description.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new FormatError(`The description of the model does not fit: ${issue.message}.`, {
    where,
    field: [field, ...issue.path.map(String)].join("."),
  });
}

function shapesOf(architecture: Architecture, where: string): ReturnType<typeof tensorShapes> {
  try {
    return tensorShapes(architecture);
  } catch (cause) {
    throw new FormatError("The model describes a network that is too large.", { where, field: "architecture" }, { cause });
  }
}

function floats<Data extends Float32Array | Float64Array>(
  tensors: ModelTensors["tensors"],
  name: string,
  shape: readonly number[],
  type: new (length: number) => Data,
  where: string,
): Data {
  const found = tensors.get(name);
  if (found === undefined) throw new FormatError("A tensor of the network is missing.", { where, field: name });
  const { data } = found;
  if (!(data instanceof type) || found.shape.join() !== shape.join() || data.length !== sizeOf(shape)) {
    throw new FormatError("A tensor has another shape or type than the network.", {
      where,
      field: name,
      found: `${data.constructor.name} [${found.shape.join(", ")}]`,
      expected: `${type.name} [${shape.join(", ")}]`,
    });
  }
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new FormatError("A weight is not a finite number.", { where, field: `${name}[${wrong}]`, found: String(data[wrong]) });
  }
  return data;
}
