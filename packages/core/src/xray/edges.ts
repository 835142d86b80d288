import { elementNamed } from "./elements.js";
import { levelRows } from "./generated/levels.js";

/** Level from which an electron has been removed. */
export type Level = "K" | "L1" | "L2" | "L3" | "M1" | "M2" | "M3" | "M4" | "M5";

export interface Edge {
  readonly level: Level;
  /** Energy needed to remove an electron of the level. */
  readonly energyKev: number;
  /** Share of vacancies in the level that end in an X-ray photon, 0 to 1. */
  readonly fluorescenceYield: number;
  /** Photoabsorption above over below the edge. */
  readonly jumpRatio: number;
  /** Vacancies over those that electrons make directly: at least 1; Coster-Kronig transfer from deeper subshells adds the rest. */
  readonly costerKronigGain: number;
}

const edges: ReadonlyMap<string, readonly Edge[]> = new Map(
  levelRows.split("\n").map((row) => {
    const [symbol, ...fields] = row.split(" ");
    return [symbol!, fields.map(parseEdge)];
  }),
);

/** Absorption edges K, L1 to L3 and M1 to M5 of an element, as far as it has them. Throws `ParameterError` for an unknown symbol. */
export function edgesOf(symbol: string): readonly Edge[] {
  return edges.get(elementNamed(symbol).symbol)!;
}

function parseEdge(field: string): Edge {
  const [level, energyEv, fluorescenceYield, jumpRatio, gain] = field.split(":") as [Level, string, string, string, string];
  return {
    level,
    energyKev: Number(energyEv) / 1000,
    fluorescenceYield: Number(fluorescenceYield),
    jumpRatio: Number(jumpRatio),
    costerKronigGain: Number(gain),
  };
}
