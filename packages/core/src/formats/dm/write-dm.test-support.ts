/** Writes small `.dm3` and `.dm4` files for tests, from the layout in README.md and apart from the reader. */

/** A group, or a value: number as u32 or f64, text as an array of u16 as DigitalMicrograph does, typed data as an array. */
export type TagToWrite = readonly [name: string, content: number | string | DmData | readonly TagToWrite[]];

export interface DmData {
  /** Number of the type in arrays: 2 i16, 3 i32, 4 u16, 5 u32, 6 f32, 7 f64. */
  readonly type: 2 | 3 | 4 | 5 | 6 | 7;
  readonly values: readonly number[];
}

export interface DmToWrite {
  readonly version: 3 | 4;
  readonly littleEndian?: boolean;
  readonly tags: readonly TagToWrite[];
}

const widths = { 2: 2, 3: 4, 4: 2, 5: 4, 6: 4, 7: 8 } as const;

export function writeDm({ version, littleEndian = true, tags }: DmToWrite): Uint8Array {
  const writer = new DmWriter(version === 4, littleEndian);
  const body = [1, 0, ...writer.size(tags.length), ...tags.flatMap((tag) => writer.tag(tag))];
  return Uint8Array.from([
    ...word(version),
    ...writer.size(body.length),
    ...word(littleEndian ? 1 : 0),
    ...body,
    ...new Array<number>(8).fill(0),
  ]);
}

class DmWriter {
  readonly #wide: boolean;
  readonly #littleEndian: boolean;

  constructor(wide: boolean, littleEndian: boolean) {
    this.#wide = wide;
    this.#littleEndian = littleEndian;
  }

  size(value: number): number[] {
    return this.#wide ? [0, 0, 0, 0, ...word(value)] : word(value);
  }

  tag([name, content]: TagToWrite): number[] {
    const group = Array.isArray(content);
    const body = group
      ? [1, 0, ...this.size(content.length), ...(content as readonly TagToWrite[]).flatMap((tag) => this.tag(tag))]
      : this.#data(content as number | string | DmData);
    const header = [group ? 20 : 21, name.length >> 8, name.length & 255, ...Array.from(name, (letter) => letter.charCodeAt(0))];
    return [...header, ...(this.#wide ? this.size(body.length) : []), ...body];
  }

  #data(content: number | string | DmData): number[] {
    const mark = [0x25, 0x25, 0x25, 0x25];
    if (typeof content === "number") {
      const type = Number.isInteger(content) && content >= 0 ? 5 : 7;
      return [...mark, ...this.size(1), ...this.size(type), ...this.#number(type, content)];
    }
    const { type, values } =
      typeof content === "string" ? { type: 4 as const, values: Array.from(content, (letter) => letter.charCodeAt(0)) } : content;
    return [
      ...mark,
      ...[3, 20, type, values.length].flatMap((value) => this.size(value)),
      ...values.flatMap((value) => this.#number(type, value)),
    ];
  }

  #number(type: DmData["type"], value: number): number[] {
    const bytes = new Uint8Array(widths[type]);
    const view = new DataView(bytes.buffer);
    if (type === 2) view.setInt16(0, value, this.#littleEndian);
    else if (type === 3) view.setInt32(0, value, this.#littleEndian);
    else if (type === 4) view.setUint16(0, value, this.#littleEndian);
    else if (type === 5) view.setUint32(0, value, this.#littleEndian);
    else if (type === 6) view.setFloat32(0, value, this.#littleEndian);
    else view.setFloat64(0, value, this.#littleEndian);
    return [...bytes];
  }
}

export interface ImageToWrite {
  readonly name: string;
  readonly dataType: number;
  readonly data: DmData;
  /** Fastest first. */
  readonly dimensions: readonly {
    readonly size: number;
    readonly origin: number;
    readonly scale: number;
    readonly units: string;
  }[];
  readonly tags?: readonly TagToWrite[];
}

/** An element of `ImageList`. */
export function imageTag(image: ImageToWrite): TagToWrite {
  return [
    "",
    [
      [
        "ImageData",
        [
          [
            "Calibrations",
            [
              [
                "Brightness",
                [
                  ["Origin", 0],
                  ["Scale", 1],
                  ["Units", ""],
                ],
              ],
              [
                "Dimension",
                image.dimensions.map(
                  ({ origin, scale, units }): TagToWrite => [
                    "",
                    [
                      ["Origin", origin],
                      ["Scale", scale],
                      ["Units", units],
                    ],
                  ],
                ),
              ],
            ],
          ],
          ["Data", image.data],
          ["DataType", image.dataType],
          ["Dimensions", image.dimensions.map(({ size }): TagToWrite => ["", size])],
        ],
      ],
      ["ImageTags", image.tags ?? []],
      ["Name", image.name],
    ],
  ];
}

/** A file whose first image is a thumbnail, as DigitalMicrograph writes. */
export function writeDmImages(version: 3 | 4, images: readonly ImageToWrite[], littleEndian = true): Uint8Array {
  const thumbnail = imageTag({
    name: "thumb",
    dataType: 11,
    data: { type: 5, values: [1] },
    dimensions: [
      { size: 1, origin: 0, scale: 1, units: "" },
      { size: 1, origin: 0, scale: 1, units: "" },
    ],
  });
  return writeDm({
    version,
    littleEndian,
    tags: [
      ["ImageList", [thumbnail, ...images.map(imageTag)]],
      ["Thumbnails", [["", [["ImageIndex", 0]]]]],
    ],
  });
}

function word(value: number): number[] {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return [...bytes];
}
