/** Writes small files of Analysis Station for tests, from the tables in README.md and apart from the reader. */

type Value = number | string | readonly number[] | undefined;

/** `[name, type, value, children]`; types as in the files: 2 u16, 3 i32, 4 f32, 5 f64, 6 bytes, 8 i32s, 12 text, 0 nothing. */
export type Tag = readonly [name: string, type: number, value?: Value, children?: readonly Tag[]];

/** The tree as bytes: each tag opens with 1 and closes with FF; a last FF ends the tree. */
export function writeTags(tags: readonly Tag[]): number[] {
  return [...tags.flatMap(writeTag), 0xff];
}

function writeTag([name, type, value, children = []]: Tag): number[] {
  const payload = type === 0 ? [] : payloadOf(type, value);
  return [
    1,
    ...word(name.length + 1),
    ...ascii(name),
    0,
    ...word(type),
    ...word(payload.length),
    ...payload,
    ...children.flatMap(writeTag),
    0xff,
  ];
}

function payloadOf(type: number, value: Value): number[] {
  if (typeof value === "string") return [...new TextEncoder().encode(value), 0];
  const values = typeof value === "number" ? [value] : (value ?? []);
  return values.flatMap((number) => {
    if (type === 2) return word(number).slice(0, 2);
    if (type === 3 || type === 8) return word(number);
    if (type === 4) return [...new Uint8Array(Float32Array.of(number).buffer)];
    if (type === 5) return double(number);
    return [number];
  });
}

export interface PtsToWrite {
  readonly pixels: string;
  /** The words of the stream. */
  readonly words: readonly number[];
  readonly sweeps?: number;
  readonly model?: string;
}

/** X of a pixel, y of a row, an electron reading, an X-ray: words of the stream. */
export const at = {
  x: (value: number) => 0x8000 | value,
  y: (value: number) => 0x9000 | value,
  electrons: (value: number) => 0xa000 | value,
  xray: (channel: number) => 0xb000 | channel,
};

export function writePts(file: PtsToWrite): Uint8Array {
  const measured: Tag[] = [
    [
      "Doc",
      0,
      undefined,
      [
        ["LiveTime", 5, 12.5],
        ["RealTime", 5, 14],
        ["DwellTime(msec)", 5, 0.1],
        ["Sweep", 2, file.sweeps ?? 1],
        ["CoefA", 5, 0.01],
        ["CoefB", 5, 0.002],
      ],
    ],
    [
      "Meas Cond",
      0,
      undefined,
      [
        ["Tpl", 12, "T4"],
        ["Pixels", 12, file.pixels],
      ],
    ],
    [
      "MeasCond",
      0,
      undefined,
      [
        ["AccKV", 4, 200],
        ["AccNA", 4, 2.5],
        ["Mag", 3, 40000],
      ],
    ],
  ];
  const tree = writeTags([
    [
      "PTTD Param",
      0,
      undefined,
      [
        [
          "Params",
          0,
          undefined,
          [
            [
              "PARAMPAGE1",
              12,
              "EDXRF",
              [
                [
                  "Tpl",
                  0,
                  undefined,
                  [
                    ["T3", 0, undefined, [["DigZ", 2, 90]]],
                    ["T4", 0, undefined, [["DigZ", 2, 96]]],
                  ],
                ],
              ],
            ],
            [
              "PARAMPAGE0",
              12,
              "SEM",
              [
                ["SEM", 12, file.model ?? "JEM-2100F"],
                ["DetT", 12, "EX24"],
                ["MnKaRES", 4, 138],
                ["DirAng", 4, 90],
                ["ElevAng", 4, 22.5],
                ["ScanSize", 4, 160],
              ],
            ],
          ],
        ],
      ],
    ],
    ["PTTD Data", 0, undefined, [["AnalyzableMap MeasData", 0, undefined, measured]]],
  ]);
  const headAt = 305;
  const dataAt = headAt + 12 + tree.length + ((headAt + 12 + tree.length) % 2);
  const head = [
    ...word(304),
    ...ascii("PTTDFILE"),
    ...word(0),
    ...word(1),
    ...word(headAt),
    ...word(tree.length),
    ...word(dataAt),
    ...word(2 * file.words.length),
    ...zeros(260),
    ...double(44_421.5),
    0,
    ...zeros(12),
    ...tree,
  ];
  return Uint8Array.from([...head, ...zeros(dataAt - head.length), ...file.words.flatMap((value) => [value & 0xff, value >> 8])]);
}

/** An `.img` or `.map`. */
export function writePicture(title: string, width: number, height: number, bits: readonly number[]): Uint8Array {
  const tree = writeTags([
    [
      "Instrument",
      0,
      undefined,
      [
        ["ScanSize", 4, 160],
        ["Mag", 3, 40000],
        ["AccV", 4, 200],
      ],
    ],
    [
      "Image",
      0,
      undefined,
      [
        ["Title", 12, title],
        ["Created", 5, 44_421.5],
        ["Size", 8, [width, height]],
        ["Bits", 6, bits],
      ],
    ],
  ]);
  return Uint8Array.from([
    ...word(52),
    ...ascii("JED-2200:LibJxImageForm"),
    ...zeros(9),
    ...word(64),
    ...word(0),
    ...word(64),
    ...zeros(28),
    ...tree,
  ]);
}

/** An `.ASW` with one sample; each view has a name and the paths of its files. */
export function writeProject(views: readonly { readonly name: string; readonly files: readonly string[] }[]): Uint8Array {
  const tree = writeTags([
    ["FileType", 12, "Analysis Station"],
    [
      "SampleInfo",
      0,
      undefined,
      [
        [
          "0",
          0,
          undefined,
          [
            [
              "ViewInfo",
              0,
              undefined,
              views.map(
                ({ name, files }, i): Tag => [
                  String(i),
                  0,
                  undefined,
                  [
                    ["Memo", 12, name],
                    ["ViewData", 0, undefined, files.map((file, j): Tag => [String(j), 0, undefined, [["Filename", 12, file]]])],
                  ],
                ],
              ),
            ],
          ],
        ],
      ],
    ],
  ]);
  return Uint8Array.from([...zeros(12), ...tree]);
}

/** An `.eds` with two selected elements (Fe with one line, O with none) and the microscope. */
export function writeEds(counts: readonly number[], microscope = "JSM-7000F"): Uint8Array {
  const head = [
    ...word(2),
    ...word(2),
    0,
    0,
    ...double(44_421.5),
    ...text("Spot 1", 80),
    ...text("user", 32),
    ...zeros(128),
    ...double(30),
    ...double(34.5),
    ...zeros(88),
    ...double(0.01),
    ...double(-0.002),
    ...zeros(44),
    ...text("T4", 32),
    ...word(counts.length),
  ];
  const line = [...word(1), ...double(6.4), 26, 0, 2, ...ascii("Fe"), 2, ...ascii("Ka"), ...word(1)];
  const element = (z: number, lines: readonly number[][]) => [
    ...word(2),
    z,
    0,
    ...zeros(8 + 4 + 14 + 32 + 32 + 4),
    ...word(lines.length),
    ...lines.flat(),
  ];
  const column = [
    ...word(5),
    ...text("EX-24", 16),
    ...text(microscope, 16),
    ...text("ED", 16),
    ...double(15),
    ...double(1.5),
    ...zeros(38),
    ...double(133),
    ...zeros(24),
    ...double(25),
    ...double(0),
    ...zeros(22),
    ...zeros(8),
    ...double(90),
    ...double(0),
    ...double(35),
    ...zeros(240),
  ];
  return Uint8Array.from([
    ...head,
    ...counts.flatMap(word),
    ...word(0),
    ...word(0),
    ...word(2),
    ...element(26, [line]),
    ...element(8, []),
    ...word(0),
    ...column,
  ]);
}

function word(value: number): number[] {
  return [...new Uint8Array(Int32Array.of(value).buffer)];
}

function double(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

function ascii(value: string): number[] {
  return Array.from(value, (letter) => letter.charCodeAt(0));
}

function text(value: string, length: number): number[] {
  return [...ascii(value), ...zeros(length - value.length)];
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
