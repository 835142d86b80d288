/** The entropy coding of bzip2: Huffman tables that change every 50 symbols, runs of zeros, and move-to-front. */
import type { BitWindow } from "./bit-window.js";

const GROUP = 50;
const LONGEST_CODE = 20;
const MOST_SELECTORS = 18_002;

/** Canonical code: first code and first symbol of each length. */
interface Table {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

export interface Tables {
  /** Byte values that occur, rising. */
  readonly symbols: Uint8Array;
  readonly selectors: Uint8Array;
  readonly tables: readonly Table[];
}

export function readTables(bits: BitWindow): Tables {
  const symbols = readSymbolMap(bits);
  const count = bits.read(3);
  if (count < 2 || count > 6) throw bits.broken("The number of code tables is impossible.", "tables");
  const selectors = readSelectors(bits, count);
  const tables: Table[] = [];
  for (let i = 0; i < count; i++) tables.push(readTable(bits, symbols.length + 2));
  return { symbols, selectors, tables };
}

/** Bytes of the block as the transform left them, at most `most`. */
export function decodeSymbols(
  bits: BitWindow,
  symbols: Uint8Array,
  selectors: Uint8Array,
  tables: readonly Table[],
  most: number,
): Uint8Array {
  const out = new Uint8Array(most);
  const recent = symbols.slice();
  const end = symbols.length + 1;
  let length = 0;
  let run = 0;
  let place = 1;
  for (let i = 0; ; i++) {
    const table = tables[selectors[Math.floor(i / GROUP)] ?? -1];
    if (table === undefined) throw bits.broken("A block has more symbols than tables for them.", "selectors");
    const symbol = decodeSymbol(bits, table);
    if (symbol <= 1) {
      run += place << symbol;
      place *= 2;
      if (length + run > most) throw bits.broken("A block is longer than announced.", "run");
      continue;
    }
    if (run > 0) {
      out.fill(recent[0]!, length, length + run);
      length += run;
      run = 0;
      place = 1;
    }
    if (symbol === end) return out.subarray(0, length);
    if (length >= most) throw bits.broken("A block is longer than announced.", "symbol");
    const value = recent[symbol - 1]!;
    recent.copyWithin(1, 0, symbol - 1);
    recent[0] = value;
    out[length++] = value;
  }
}

function readSymbolMap(bits: BitWindow): Uint8Array {
  const groups = bits.read(16);
  const symbols: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (((groups >> (15 - group)) & 1) === 0) continue;
    const used = bits.read(16);
    for (let i = 0; i < 16; i++) if (((used >> (15 - i)) & 1) === 1) symbols.push(group * 16 + i);
  }
  if (symbols.length === 0) throw bits.broken("A block has no symbols.", "symbol map");
  return Uint8Array.from(symbols);
}

function readSelectors(bits: BitWindow, tables: number): Uint8Array {
  const count = bits.read(15);
  if (count < 1 || count > MOST_SELECTORS) throw bits.broken("The number of selectors is impossible.", "selectors");
  const recent = Array.from({ length: tables }, (_, i) => i);
  return Uint8Array.from({ length: count }, () => {
    let place = 0;
    while (bits.read(1) === 1)
      if (++place >= tables) throw bits.broken("A selector names a table that is not there.", "selectors");
    const [chosen] = recent.splice(place, 1);
    recent.unshift(chosen!);
    return chosen!;
  });
}

function readTable(bits: BitWindow, size: number): Table {
  const lengths = new Uint8Array(size);
  let length = bits.read(5);
  for (let i = 0; i < size; i++) {
    for (;;) {
      if (length < 1 || length > LONGEST_CODE) throw bits.broken("A code has an impossible length.", "code lengths");
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[i] = length;
  }
  return canonical(lengths);
}

function canonical(lengths: Uint8Array): Table {
  const symbols = Uint16Array.from(lengths.keys()).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const limit = new Int32Array(LONGEST_CODE + 2).fill(-1);
  const base = new Int32Array(LONGEST_CODE + 2);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    base[length] = index - code;
    while (index < symbols.length && lengths[symbols[index]!] === length) {
      code++;
      index++;
    }
    limit[length] = code - 1;
    code *= 2;
  }
  return { limit, base, symbols, shortest: lengths[symbols[0]!]! };
}

function decodeSymbol(bits: BitWindow, { limit, base, symbols, shortest }: Table): number {
  let code = bits.read(shortest);
  for (let length = shortest; length <= LONGEST_CODE; length++) {
    if (code <= limit[length]!) {
      const symbol = symbols[base[length]! + code];
      if (symbol !== undefined) return symbol;
      break;
    }
    code = code * 2 + bits.read(1);
  }
  throw bits.broken("A code is not in its table.", "codes");
}
