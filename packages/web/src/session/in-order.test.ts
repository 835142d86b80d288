import { expect, test } from "vitest";
import { inOrder } from "./in-order.js";

function acts() {
  const told: string[] = [];
  const endOf = new Map<string, () => void>();
  const act = (name: string) => () => {
    told.push(`${name} begins`);
    return new Promise<void>((resolve) => endOf.set(name, resolve)).then(() => void told.push(`${name} ends`));
  };
  return { told, act, end: (name: string) => endOf.get(name)!() };
}

test("an act begins at once, and the next ones when those before have ended", async () => {
  const { told, act, end } = acts();
  const order = inOrder();
  expect(order.end).toBeUndefined();
  const first = order.add(act("first"));
  expect(told).toEqual(["first begins"]);
  const second = order.add(act("second"));
  const third = order.add(act("third"));
  const all = order.end!.then(() => void told.push("all"));
  end("first");
  await first;
  await Promise.resolve();
  expect(told).toEqual(["first begins", "first ends", "second begins"]);
  end("second");
  await second;
  await Promise.resolve();
  end("third");
  await Promise.all([third, all]);
  expect(told.slice(-3)).toEqual(["third begins", "third ends", "all"]);
  expect(order.end).toBeUndefined();
});

test("an act that fails tells who asked for it, and the next one begins all the same", async () => {
  const order = inOrder();
  const failed = order.add(() => Promise.reject(new RangeError("No.")));
  const told: string[] = [];
  const next = order.add(async () => void told.push("next"));
  await expect(failed).rejects.toThrow("No.");
  await next;
  expect(told).toEqual(["next"]);
});
