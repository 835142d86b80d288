/** Writes small `.ser` and `.emi` files for tests, from the layout in README.md and apart from the reader. */

export interface SerToWrite {
  readonly version: 0x0210 | 0x0220;
  readonly total: number;
  readonly dimensions: readonly {
    readonly size: number;
    readonly offset: number;
    readonly delta: number;
    readonly element: number;
    readonly description: string;
    readonly units: string;
  }[];
  /** TIA's number of the type of the values, and their width in bytes. */
  readonly dataType: number;
  readonly width: number;
  /** Spectra, or images with their width, as little-endian bytes are made of them by `put`. */
  readonly elements: readonly (readonly number[])[];
  readonly imageWidth?: number;
  readonly calibration: { readonly offset: number; readonly delta: number; readonly element: number };
  put(view: DataView, at: number, value: number): void;
}

export function writeSer(file: SerToWrite): Uint8Array {
  const parts = new Parts();
  const wide = file.version > 0x0210;
  const image = file.imageWidth !== undefined;
  parts.u16(0x4949, 0x0197, file.version);
  parts.u32(image ? 0x4122 : 0x4120, 0x4142, file.total, file.elements.length);
  const offsetAt = parts.length;
  parts.u32(0, ...(wide ? [0] : []));
  parts.u32(file.dimensions.length);
  for (const { size, offset, delta, element, description, units } of file.dimensions) {
    parts.u32(size);
    parts.f64(offset, delta);
    parts.u32(element, description.length);
    parts.text(description);
    parts.u32(units.length);
    parts.text(units);
  }
  parts.patchU32(offsetAt, parts.length);
  const table = parts.length;
  for (let i = 0; i < 2 * file.total; i++) parts.u32(0, ...(wide ? [0] : []));
  file.elements.forEach((values, i) => {
    parts.patchU32(table + i * (wide ? 8 : 4), parts.length);
    const { offset, delta, element } = file.calibration;
    for (let axis = 0; axis < (image ? 2 : 1); axis++) {
      parts.f64(offset, delta);
      parts.u32(element);
    }
    parts.u16(file.dataType);
    if (file.imageWidth === undefined) parts.u32(values.length);
    else parts.u32(file.imageWidth, values.length / file.imageWidth);
    for (const value of values) parts.add(file.width, (view) => file.put(view, 0, value));
    parts.patchU32(table + (file.total + i) * (wide ? 8 : 4), parts.length);
    parts.u16(0x4142, 0);
    parts.u32(1_456_168_868 + i);
    parts.f64(i, 0);
  });
  return parts.bytes();
}

class Parts {
  readonly #parts: Uint8Array[] = [];
  length = 0;

  add(size: number, fill: (view: DataView) => void): void {
    const part = new Uint8Array(size);
    fill(new DataView(part.buffer));
    this.#parts.push(part);
    this.length += size;
  }

  u16(...values: number[]): void {
    for (const value of values) this.add(2, (view) => view.setUint16(0, value, true));
  }

  u32(...values: number[]): void {
    for (const value of values) this.add(4, (view) => view.setUint32(0, value, true));
  }

  f64(...values: number[]): void {
    for (const value of values) this.add(8, (view) => view.setFloat64(0, value, true));
  }

  text(text: string): void {
    for (const letter of text) this.add(1, (view) => view.setUint8(0, letter.charCodeAt(0)));
  }

  patchU32(at: number, value: number): void {
    let start = 0;
    for (const part of this.#parts) {
      if (start === at) new DataView(part.buffer).setUint32(0, value, true);
      start += part.length;
    }
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** An `.emi` file: its first bytes, then the descriptions with other bytes between them. */
export function writeEmi(descriptions: readonly string[]): Uint8Array {
  const text = descriptions.map((xml) => `${xml}\u0000\u0004M`).join("");
  return Uint8Array.from([0x4a, 0x4b, 0, 2, 0, 0, ...new TextEncoder().encode(text)]);
}
