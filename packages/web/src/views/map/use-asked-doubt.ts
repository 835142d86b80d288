import { useEffect, useRef } from "react";
import type { Linked } from "../../session/linked.js";

/** Follows the limit below which a panel calls regions doubtful. */
export function useAskedDoubt({ doubtLimit }: Linked, follow: (limit: number) => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => doubtLimit.subscribe(({ value }) => latest.current(value)), [doubtLimit]);
}
