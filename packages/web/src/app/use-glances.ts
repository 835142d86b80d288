import { useEffect, useState } from "react";
import type { DatasetGlance, Engine, OpenedFile } from "../worker/engine-protocol.js";

/** Glances at the spectrum images of a file, by their place in it, one after the other until one is chosen. What cannot be read is told when it is chosen. */
export function useGlances(engine: Pick<Engine, "glance">, file: OpenedFile | undefined): ReadonlyMap<number, DatasetGlance> {
  const [glances, setGlances] = useState<ReadonlyMap<number, DatasetGlance>>(new Map());
  useEffect(() => {
    let isWanted = true;
    setGlances(new Map());
    const look = async (): Promise<void> => {
      for (let i = 0; i < (file?.datasets.length ?? 0) && isWanted; i++) {
        const glance = await engine.glance(i).catch(() => undefined);
        if (isWanted && glance !== undefined) setGlances((before) => new Map(before).set(i, glance));
      }
    };
    void look();
    return () => {
      isWanted = false;
    };
  }, [engine, file]);
  return glances;
}
