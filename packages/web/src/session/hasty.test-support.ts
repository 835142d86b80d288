/** A session whose engine answers when the test says so, for acts that cross. */
import { vi } from "vitest";
import type { AnalysisSnapshot, LoadedImage } from "../worker/engine-protocol.js";
import { createSession, type Session, type SessionEngine } from "./session.js";
import type { SessionState } from "./session-state.js";

/** A question that the engine was asked, in their order. */
export interface Asked {
  readonly name: string;
  readonly given: readonly unknown[];
  answer(value: unknown): void;
  refuse(error: unknown): void;
}

export const image = { name: "map.bcf", grid: { width: 2, height: 1, frames: 1 }, dataset: 0 } as LoadedImage;

export const analysis = {
  ...{ grid: image.grid, labels: new Int32Array(2), labelsSha256: "a", classes: [{ id: 0, name: "Quartz" }] },
  recipe: { schemaVersion: 1, seed: 0, steps: [] },
} as unknown as AnalysisSnapshot;

export function slowSession(from: Partial<SessionState> = { image, analysis }): {
  readonly session: Session;
  /** Of one kind, or all. */
  asked(name?: string): readonly Asked[];
  /** Resolves with the newest question of a kind when there are so many. */
  nth(name: string, count: number): Promise<Asked>;
} {
  const all: Asked[] = [];
  const question =
    (name: string) =>
    (...given: unknown[]) =>
      new Promise((answer, refuse) => all.push({ name, given, answer, refuse }));
  const engine = new Proxy({}, { get: (_, name) => question(String(name)) }) as SessionEngine;
  const asked = (name?: string) => all.filter((one) => name === undefined || one.name === name);
  return {
    session: createSession(engine, from),
    asked,
    nth: (name, count) =>
      vi.waitFor(() => {
        const one = asked(name)[count - 1];
        if (one === undefined) throw new RangeError(`${name} was not asked ${count} times.`);
        return one;
      }),
  };
}
