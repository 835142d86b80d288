import { expose } from "comlink";
import { afterEach, expect, test } from "vitest";
import type { PixelsSpectrum } from "../worker/engine-protocol.js";
import type { SharedCounts } from "../worker/shared-counts.js";
import { QueryClient } from "./query-client.js";

const counts: SharedCounts = {
  navigationShape: [1],
  channels: 1,
  kind: "counts",
  energyAxis: { name: "energy", size: 1, offset: 0, scale: 1, units: "keV" },
  stored: [],
};
const opened: MessagePort[] = [];

afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

/** A worker on this thread that tells what it was shown; it may die. */
function workerHere() {
  const seen: SharedCounts[] = [];
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  const mute = { isMute: false };
  expose(
    {
      see: async (shown: SharedCounts) => {
        seen.push(shown);
        return { value: undefined };
      },
      pixelSpectrum: (pixel: number) =>
        mute.isMute
          ? new Promise(() => {})
          : { value: { pixels: pixel, spectrum: new Float64Array(1) } satisfies PixelsSpectrum },
    },
    port1,
  );
  let ended = 0;
  const deaths: (() => void)[] = [];
  const worker = {
    postMessage: (message: unknown, transfer: Transferable[] = []) => port2.postMessage(message, transfer),
    addEventListener(name: string, listener: (event: MessageEvent) => void) {
      if (name === "error") deaths.push(listener as () => void);
      if (name !== "message") return;
      port2.addEventListener("message", listener);
      port2.start();
    },
    removeEventListener: () => {},
    terminate: () => {
      ended += 1;
    },
  } as unknown as Worker;
  const die = (): void => {
    for (const death of deaths) death();
  };
  return { worker, seen, mute, ended: () => ended, die };
}

const question = (client: QueryClient, pixel: number) => client.ask((remote) => remote.pixelSpectrum(pixel));

test("without counts there is no worker and no answer; with them it answers", async () => {
  const here = workerHere();
  let started = 0;
  const client = new QueryClient(() => {
    started += 1;
    return here.worker;
  });
  expect(await question(client, 3)).toBeUndefined();
  client.see(counts);
  client.see(counts);
  expect(await question(client, 3)).toMatchObject({ pixels: 3 });
  expect(started).toBe(1);
  expect(here.seen).toEqual([counts]);
  client.see(undefined);
  expect(here.ended()).toBe(1);
  expect(await question(client, 3)).toBeUndefined();
});

test("when it dies, the question that waits is left to the engine, and no other worker is begun", async () => {
  const here = workerHere();
  const client = new QueryClient(() => here.worker);
  client.see(counts);
  here.mute.isMute = true;
  const waiting = question(client, 1);
  here.die();
  expect(await waiting).toBeUndefined();
  client.see({ ...counts });
  expect(await question(client, 1)).toBeUndefined();
});
