/** What every method must keep to: a new one is tested by its line in the registry and its example. */
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AbortedError, ParameterError } from "../errors.js";
import type { SeededContext } from "../spectrum-image/context.js";
import { type Example, examples } from "./examples.test-support.js";
import { parseParameters } from "./parameters.js";
import { type AnyAlgorithm, algorithmIds, algorithmNamed } from "./registry.js";

/** What a form, a recipe and the documentation take from a parameter. */
interface Described {
  readonly title?: unknown;
  readonly description?: unknown;
  readonly unit?: unknown;
  readonly type?: unknown;
}

describe.each(algorithmIds)("method %s", (id) => {
  let algorithm: AnyAlgorithm;
  const example: Example = examples[id];
  const run = (context: SeededContext) =>
    (algorithm.run as (input: unknown, parameters: unknown, context: SeededContext) => Promise<unknown>)(
      example.input(),
      parseParameters(algorithm, example.parameters ?? {}),
      context,
    );

  beforeAll(async () => {
    algorithm = await algorithmNamed(id);
  });

  it("is described: id, name, one sentence, a reference", () => {
    expect(algorithm.id).toBe(id);
    expect(algorithm.name).not.toBe("");
    expect(algorithm.summary).toMatch(/^[A-Z].*\.$/);
    expect(algorithm.reference).toMatch(/\d{4}|This project/);
  });

  it("has a default for every parameter", () => {
    expect(() => parseParameters(algorithm, {})).not.toThrow();
  });

  it("says for every parameter what it is called, what it does and, for numbers, in which unit", () => {
    const { properties = {} } = z.toJSONSchema(algorithm.parameters, { io: "input" });
    for (const [name, property] of Object.entries(properties)) {
      const { title, description, unit, type } = property as Described;
      expect(title, `${id}.${name} title`).toMatch(/\S/);
      expect(description, `${id}.${name} description`).toMatch(/\S.*\S/);
      if (type === "number" || type === "integer") expect(typeof unit, `${id}.${name} unit`).toBe("string");
    }
  });

  it("names the parameter that is wrong, and a parameter that does not exist", () => {
    for (const name of Object.keys(algorithm.parameters.shape)) {
      expect(failureOf(() => parseParameters(algorithm, { [name]: Symbol.iterator }))).toBe(name);
    }
    expect(failureOf(() => parseParameters(algorithm, { notAParameter: 1 }))).toBe("notAParameter");
  });

  it("gives the same result twice, and progress that never falls and ends at 1", async () => {
    const fractions: number[] = [];
    const first = await run({ seed: 42, onProgress: (fraction) => fractions.push(fraction) });
    const second = await run({ seed: 42 });
    expect(dataOf(second)).toEqual(dataOf(first));
    expect(fractions.at(-1)).toBe(1);
    for (const [i, fraction] of fractions.entries()) {
      expect(fraction).toBeGreaterThanOrEqual(fractions[i - 1] ?? 0);
      expect(fraction).toBeLessThanOrEqual(1);
    }
  });

  it("does not begin when it has been stopped before", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(run({ seed: 1, signal: stop.signal })).rejects.toThrow(AbortedError);
  });

  it("stops within a second of being asked to", async () => {
    const stop = new AbortController();
    let asked = Number.POSITIVE_INFINITY;
    const onProgress = (fraction: number) => {
      if (fraction >= 0.5 || stop.signal.aborted) return;
      asked = performance.now();
      stop.abort();
    };
    const outcome = await run({ seed: 1, signal: stop.signal, onProgress }).catch((error: unknown) => error);
    if (!stop.signal.aborted) return;
    expect(outcome).toBeInstanceOf(AbortedError);
    expect(performance.now() - asked).toBeLessThan(1000);
  });
});

describe("registry", () => {
  it("says which methods there are when asked for another", async () => {
    await expect(algorithmNamed("magic")).rejects.toThrow(/magic.*k-means/);
  });
});

function failureOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ParameterError);
    return (error as ParameterError).facts.field;
  }
  return undefined;
}

/** A result without its functions: sources of counts are compared by what else they say. */
function dataOf(value: unknown): unknown {
  if (typeof value === "function") return "function";
  if (ArrayBuffer.isView(value) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(dataOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dataOf(inner)]));
}
