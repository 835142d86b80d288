import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import {
  certaintyTable,
  ledgerTable,
  namesOf,
  pairTable,
  rareTable,
  shareHistogramTable,
  stabilityTable,
} from "./doubt-tables.js";

type Pairs = Parameters<typeof pairTable>[0];
type Ledger = Parameters<typeof ledgerTable>[0];
type Rare = Parameters<typeof rareTable>[0];

const nameOf = namesOf({
  classes: [
    { id: 0, name: "Quartz" },
    { id: 4, name: "Glass" },
  ] as never,
});

test("doubt by class, with the class that comes second", () => {
  const rows = [{ id: 0, name: "Quartz", colour: "#000000", below: 0.01, meanMembership: 0.98 }];
  const seconds = [{ id: 0, second: 4, meanShare: 0.002, meanEntropy: 0.03 }];
  expect(tableCsv(certaintyTable(rows, seconds, 0.6, nameOf))).toBe(
    "id,name,mean_membership,share_below_0.6,mean_entropy,second_best,second_best_share\r\n0,Quartz,0.98,0.01,0.03,Glass,0.002\r\n",
  );
});

test("the ledger, pairs, stability and bars of a histogram", () => {
  const ledger = [{ id: 4, energyKev: 6.4, line: "Fe_Ka", counts: -210.4, sigma: 7.2 }] as unknown as Ledger;
  expect(tableCsv(ledgerTable(ledger, nameOf)).split("\r\n")[1]).toBe("4,Glass,6.4,Fe_Ka,-210.4,7.2");
  const deciding = [{ line: "Fe_Ka", energyKev: 6.4 }];
  const pairs = [{ id: 0, nearest: 9, sigma: 143, distance: 0.2, deciding, mayMerge: false }] as unknown as Pairs;
  expect(tableCsv(pairTable(pairs, nameOf)).split("\r\n")[1]).toBe("0,Quartz,9,Class 9,143,0.2,Fe Kα,false");
  const stable = [{ id: 0, name: "Quartz", colour: undefined, jaccard: 0.9, found: 1, verdict: "stable" as const }];
  expect(tableCsv(stabilityTable(stable))).toBe("id,name,jaccard,found_again,verdict\r\n0,Quartz,0.9,1,stable\r\n");
  const bars = { edges: Float64Array.of(0, 0.5, 1), counts: Float64Array.of(1, 9) };
  expect(tableCsv(shareHistogramTable(bars, "membership", "Membership"))).toBe(
    "membership_from,membership_to,pixels\r\n0,0.5,1\r\n0.5,1,9\r\n",
  );
});

test("an element of few pixels has a row for each of them", () => {
  const one = { element: "Zr", couldBe: ["Pt"], line: "Zr_La", significance: 6, counts: 41, expected: 3.2 };
  const rare = [{ ...one, pixels: Int32Array.of(7, 12) }] as unknown as Rare;
  expect(tableCsv(rareTable(rare, 5)).split("\r\n").slice(1, 3)).toEqual([
    '"Zr, or Pt",Zr Lα,6,41,3.2,7,2,1',
    '"Zr, or Pt",Zr Lα,6,41,3.2,12,2,2',
  ]);
});
