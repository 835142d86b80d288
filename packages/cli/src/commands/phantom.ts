import { type PhantomPreset, phantomPresets, serialiseTruth, streamPhantom, throwIfAborted, writeRpl } from "@sigma-eds/core";
import { UsageError } from "../exit-codes.js";
import type { Host } from "../host.js";
import { openOutputFolder } from "../output-folder.js";
import { aligned } from "../phase-table.js";
import { defaultProgressMode, type ProgressMode, progressPrinter } from "../progress.js";

export interface PhantomOptions {
  readonly out: string;
  readonly preset: string;
  readonly counts?: number;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly seed?: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly progress?: ProgressMode;
}

/** `sigma phantom`: a spectrum image whose phases are known, as .rpl/.raw, with its truth. Counts are drawn as they are written. */
export async function phantom(options: PhantomOptions, host: Host): Promise<void> {
  const preset = presetNamed(options.preset);
  const output = await openOutputFolder(options.out, { overwrite: options.overwrite ?? false, marker: "truth.json" });
  const progress = progressPrinter(options.progress ?? defaultProgressMode());
  const tell = (step: number, title: string) => (fraction: number) => progress.show({ step, steps: 2, title, fraction });
  try {
    const { image, truth } = streamPhantom({ ...preset.parameters, ...chosen(options) });
    const written = await writeRpl(image, { signal: host.signal, onProgress: tell(1, "Draw counts") });
    await output.write("phantom.rpl", written.rpl);
    await output.write("phantom.raw", counted(written.raw, written.rawBytes, host.signal, tell(2, "Write counts")));
    await output.write("truth.json", serialiseTruth(truth));
    await output.commit();
    const { parameters, phases, labels } = truth;
    const document = {
      folder: options.out,
      preset: options.preset,
      parameters,
      phases: phases.map(({ massFractions: _, ...phase }) => phase),
    };
    host.out(options.json ? `${JSON.stringify(document, null, 2)}\n` : table(document.phases, labels.length));
  } finally {
    progress.close();
    await output.discard();
  }
}

function presetNamed(name: string): PhantomPreset {
  const preset = Object.entries<PhantomPreset>(phantomPresets).find(([id]) => id === name)?.[1];
  if (preset === undefined)
    throw new UsageError(`There is no phantom "${name}". There are: ${Object.keys(phantomPresets).join(", ")}.`);
  return preset;
}

function chosen({ counts, width, height, channels, seed }: PhantomOptions) {
  return {
    ...(counts === undefined ? {} : { countsPerPixel: counts }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(channels === undefined ? {} : { channels }),
    ...(seed === undefined ? {} : { seed }),
  };
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  total: number,
  signal: AbortSignal,
  tell: (fraction: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    throwIfAborted(signal);
    yield piece;
    bytes += piece.length;
    tell(bytes / total);
  }
}

function table(phases: readonly { name: string; formula: string; pixels: number }[], pixels: number): string {
  const rows = phases.map(({ name, formula, pixels: own }) => [name, formula, String(own), ((100 * own) / pixels).toFixed(2)]);
  return `${aligned([["phase", "formula", "pixels", "area %"], ...rows], [false, false, true, true])}\n`;
}
