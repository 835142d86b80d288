import { useEffect, useRef } from "react";
import type { EnergyRange, Linked } from "../../session/linked.js";

/** Follows the range of energies that a panel asks for; undefined is all. */
export function useAskedRange({ energyRange }: Linked, follow: (range: EnergyRange) => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => energyRange.subscribe(({ value }) => latest.current(value)), [energyRange]);
}
