/**
 * Colour maps for scalar pictures: even steps of the value are even steps of perceived colour, and all stay readable without colour vision.
 * Counts take inferno (zero is black), shares viridis, cividis is the alternative for them (S. van der Walt, N. Smith and E. Firing, 2015; J. Nunez,
 * C. Anderton and R. Renslow, 2018, doi:10.1371/journal.pone.0199239; matplotlib's tables, CC0, here every eighth entry). Signed values take
 * a map of our own, blue to white to red through OKLab, symmetric in lightness.
 */
import { hexOfLinear, linearOfOklab, type Oklab } from "../pipeline/colours/colour.js";

export type ColourMapName = "inferno" | "viridis" | "cividis" | "signed" | "grey";

/** 256 colours, RGB interleaved: uint8 [256 x 3]. */
export type ColourMap = Uint8Array;

const anchors = {
  inferno: [
    "000004 040312 0b0724 150b37 210c4a 2e0a5a 3c0965 4a0c6b 57106d 63146e 70196e",
    "7d1e6d 89226a 962766 a32b61 af315c bb3755 c63e4d d14644 db4f3b e35932 eb6528",
    "f1711e f67f14 f98d0a fb9c06 fcab0f fbba1f f9ca32 f5d949 f2e865 f3f586 fcffa4",
  ],
  viridis: [
    "440154 470d60 48186a 482374 472d7b 453681 424086 3f4989 3b528b 375a8d 33638d",
    "2f6a8e 2c728e 297a8e 26818e 23898e 21908c 1f988b 1f9f88 21a685 28ae80 31b57b",
    "3ebc74 4cc26c 5dc963 6ece58 82d34c 96d83f abdc32 c0df24 d5e21a eae51a fde725",
  ],
  cividis: [
    "00224e 00285b 002e6a 043371 1a386f 273e6e 32436d 3b496c 434e6c 4b546c 52596d",
    "5a5f6e 61656f 686a71 6f7073 757676 7c7b78 848179 8b8778 938d78 9b9376 a39a75",
    "aba072 b3a670 bbad6c c3b469 ccba64 d4c15f ddc958 e6d051 efd748 f8df3c fee838",
  ],
} as const;

/** Ends, quarters and middle of the signed map, OKLab. */
const signedStops: readonly Oklab[] = [
  [0.3, -0.03, -0.13],
  [0.62, -0.05, -0.11],
  [0.97, 0, 0],
  [0.62, 0.11, 0.08],
  [0.3, 0.09, 0.05],
];

/** The 256 colours of a map. */
export function colourMap(name: ColourMapName): ColourMap {
  if (name === "grey") return Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
  if (name === "signed") return interpolated(signedStops, (stop) => bytesOfHex(hexOfLinear(linearOfOklab(stop))));
  const colours = anchors[name].flatMap((row) => row.split(" ")).map((hex) => bytesOfHex(`#${hex}`));
  return interpolated(colours, (colour) => colour);
}

type Triple = readonly [number, number, number];

/** 256 entries between evenly spaced stops: linear between the stops, then turned into bytes. */
function interpolated(stops: readonly Triple[], bytes: (stop: Triple) => Triple): ColourMap {
  const table = new Uint8Array(768);
  for (let i = 0; i < 256; i++) {
    const position = (i / 255) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(position));
    const [from, to, share] = [stops[low]!, stops[low + 1]!, position - low];
    const mixed = from.map((value, k) => value + (to[k]! - value) * share) as [number, number, number];
    table.set(bytes(mixed).map(Math.round), 3 * i);
  }
  return table;
}

function bytesOfHex(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
