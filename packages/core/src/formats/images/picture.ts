import type { Finding, NavigationImage } from "../../spectrum-image/spectrum-image.js";

/** Pictures of one file, and what was met while reading them. */
export interface Pictures {
  readonly images: readonly NavigationImage[];
  readonly findings: readonly Finding[];
}

/** File name without folder and extension. */
export function baseName(fileName: string): string {
  return fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]+$/, "");
}

/** What is lost where colours were turned into one value. */
export function colourFinding(name: string): Finding {
  return {
    severity: "info",
    code: "colours",
    message: `${name} is in colour: the strongest of red, green and blue was taken, which is the intensity of maps in one colour.`,
  };
}

/** The strongest of the first three samples of each pixel (of the only one, where there are one or two). */
export function strongestSample<T extends Uint8Array | Uint16Array>(data: T, samples: number): T {
  const colours = samples < 3 ? 1 : 3;
  const result = data.slice(0, Math.floor(data.length / samples)) as T;
  for (let p = 0; p < result.length; p++) {
    let most = data[p * samples]!;
    for (let s = 1; s < colours; s++) most = Math.max(most, data[p * samples + s]!);
    result[p] = most;
  }
  return result;
}

/** True when the three colours of some pixel differ. */
export function isColoured(data: ArrayLike<number>, samples: number): boolean {
  if (samples < 3) return false;
  for (let i = 0; i + 2 < data.length; i += samples) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return true;
  return false;
}
