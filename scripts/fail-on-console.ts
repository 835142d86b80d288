import { afterEach, beforeEach, expect, vi } from "vitest";

const methods = ["debug", "info", "log", "warn", "error"] as const;
let spies: { method: string; calls: unknown[][] }[] = [];

beforeEach(() => {
  spies = methods.map((method) => {
    const calls: unknown[][] = [];
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => void calls.push(args));
    return { method, calls };
  });
});

afterEach(() => {
  const unexpected = spies.flatMap(({ method, calls }) =>
    calls.map((args) => `console.${method}: ${args.map(String).join(" ")}`),
  );
  vi.restoreAllMocks();
  expect(unexpected, "unexpected console output").toEqual([]);
});
