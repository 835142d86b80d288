import { type Format, formats, programVersion, type Writer, writers } from "@sigma-eds/core";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BatchFailure, exitCodes, exitOf } from "./exit-codes.js";
import type { Host } from "./host.js";
import { joining } from "./join-options.js";
import { stopOnSignals } from "./stop.js";

/** Runs the program with the words after its name and gives its exit code. Never throws. */
export async function main(words: readonly string[]): Promise<number> {
  const stop = stopOnSignals();
  const host: Host = {
    signal: stop.signal,
    out: (text) => void process.stdout.write(text),
    log: (text) => void process.stderr.write(text),
  };
  try {
    await program(host).parseAsync([...words], { from: "user" });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof BatchFailure) return error.code;
    const { code, line } = exitOf(error, stop.stoppedBy());
    process.stderr.write(`sigma: ${line ?? (error instanceof Error ? error.stack : String(error))}\n`);
    return code;
  } finally {
    stop.release();
  }
}

const fileHelp = `file to read, recognised by its content (${Object.values<Format>(formats)
  .flatMap(({ extensions }) => extensions)
  .join(" ")}), or a .zspy folder`;
const axesHelp = "for bare arrays (.npy, .npz): what the axes are, slowest first, for example y,x,energy";
const detectorsHelp = "detectors whose counts are summed, by name, separated by commas (Velox files)";
const framesHelp = "frames whose counts are summed, from the first to before the second, counted from 0: 0:10 (Velox files)";
const writable = Object.values<Writer>(writers)
  .map(({ name, extensions }) => `${extensions[0]} (${name})`)
  .join(", ");

function program(host: Host): Command {
  const sigma = new Command("sigma")
    .description("From the file that the microscope wrote to named phases, with the evidence.")
    .version(programVersion, "-V, --version")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "sigma: ")) })
    .showSuggestionAfterError()
    .showHelpAfterError("`sigma <command> --help` lists what it takes.")
    .addHelpText(
      "after",
      "\nExamples:\n  sigma info map.bcf\n  sigma run map.bcf --out result\n  sigma run map.rpl --out result --preset sigma-umap-gmm --seed 7\n  sigma convert map.bcf map.hspy\n",
    );

  sigma
    .command("info")
    .description("Say what a file holds: datasets, axes, beam energy, elements, counts, and what is missing.")
    .argument("<file>", fileHelp)
    .option("--axes <names>", axesHelp, names)
    .option("--detectors <names>", detectorsHelp, names)
    .option("--frames <first:end>", framesHelp, frameRange)
    .option("--json", "print one JSON document")
    .option("--hash", "add the SHA-256 of the sum spectrum and of the count map of each dataset")
    .action(async (file: string, options) => (await import("./commands/info.js")).info(file, options, host));

  analysing(
    joining(
      sigma
        .command("run")
        .description("Find the phases in a file and write phases, spectra, maps and a report into a folder.")
        .argument("<files...>", `${fileHelp}; several of one size with --stack or --mosaic`)
        .option("--out <folder>", "folder to write; it appears whole or not at all")
        .hook("preAction", needsOut),
    ),
  ).action(async (files: string[], options) => (await import("./commands/run.js")).run(files, options, host));

  analysing(
    sigma
      .command("batch")
      .description("Find the phases in each of several files by one recipe, each into a folder of its own.")
      .argument("<files...>", fileHelp)
      .option("--out <folder>", "folder that gets a folder for each file, and batch.csv")
      .hook("preAction", needsOut),
  ).action(async (files: string[], options) => (await import("./commands/batch.js")).batch(files, options, host));

  joining(
    sigma
      .command("apply")
      .description("Apply the models of an earlier result (autoencoder, Gaussian mixture) and its recipe to another file.")
      .argument("<result>", "folder that `sigma run` wrote")
      .argument("<files...>", `${fileHelp}; several of one size with --stack or --mosaic`)
      .option("--out <folder>", "folder to write; it appears whole or not at all")
      .hook("preAction", needsOut),
  )
    .option("--axes <names>", axesHelp, names)
    .option("--dataset <number>", "which spectrum image of the file, from 0", wholeNumber)
    .option("--add-image <file>", "picture of the same field to be joined to those of the file; may be repeated", oneMore)
    .option("--max-memory <GiB>", "stop when the counts would need more memory than this", positiveNumber)
    .option("--overwrite", "replace the result of an earlier run in the same folder")
    .option("--strict", "fail with code 6 when a method did not converge")
    .option("--json", "print result.json on stdout")
    .option("--progress <how>", "tty, jsonl or none (default: tty on a terminal)", progressMode)
    .action(async (result: string, files: string[], options) =>
      (await import("./commands/apply.js")).apply(result, files, options, host),
    );

  joining(
    sigma
      .command("convert")
      .description(`Write a dataset as another kind of file, named by the extension: ${writable}.`)
      .usage("[options] <file...> <out>")
      .argument(
        "<files...>",
        `${fileHelp}; several of one size with --stack or --mosaic; the last is the file to write, which appears whole or not at all`,
      ),
  )
    .option("--dataset <number>", "which spectrum image of the file, from 0", wholeNumber)
    .option("--image <number>", "write a picture of the file as .tif instead, counted from 0", wholeNumber)
    .option("--axes <names>", axesHelp, names)
    .option("--detectors <names>", detectorsHelp, names)
    .option("--frames <first:end>", framesHelp, frameRange)
    .option("--overwrite", "replace the file if there is one")
    .option("--json", "print one JSON document")
    .option("--progress <how>", "tty, jsonl or none (default: tty on a terminal)", progressMode)
    .action(async (files: string[], options) =>
      (await import("./commands/convert.js")).convert(files.slice(0, -1), files.at(-1)!, options, host),
    );

  sigma
    .command("phantom")
    .description("Make a spectrum image whose phases are known, for trials and tests.")
    .option("--out <folder>", "folder to write: phantom.rpl, phantom.raw and truth.json")
    .hook("preAction", needsOut)
    .option("--preset <name>", "kind of specimen", "seven-minerals")
    .option("--counts <number>", "mean counts per pixel", positiveNumber)
    .option("--width <pixels>", "width", positiveNumber)
    .option("--height <pixels>", "height", positiveNumber)
    .option("--channels <number>", "energy channels", wholeNumber)
    .option("--seed <number>", "seed of all random numbers", wholeNumber)
    .option("--overwrite", "replace a phantom in the same folder")
    .option("--json", "print one JSON document")
    .option("--progress <how>", "tty, jsonl or none (default: tty on a terminal)", progressMode)
    .action(async (options) => (await import("./commands/phantom.js")).phantom(options, host));

  sigma
    .command("compare")
    .description("Say which classes of two results are the same, where they disagree, and how the recipes differ.")
    .argument("<first>", "folder that `sigma run` wrote")
    .argument("<second>", "another one, of the same field or of another")
    .option("--map <file.tif>", "write where pixels changed their class, as an 8-bit TIFF")
    .option("--json", "print one JSON document")
    .action(async (first: string, second: string, options) =>
      (await import("./commands/compare.js")).compare(first, second, options, host),
    );

  sigma
    .command("score")
    .description("Compare a result with the truth of a phantom.")
    .argument("<result>", "folder that `sigma run` wrote")
    .argument("<truth>", "truth.json that `sigma phantom` wrote, or its folder")
    .option("--json", "print one JSON document")
    .action(async (result: string, truth: string, options) =>
      (await import("./commands/score.js")).score(result, truth, options, host),
    );

  sigma
    .command("app")
    .description("Serve the web app on this computer alone, and print its address.")
    .argument("[file]", "file to open in it")
    .option("--port <number>", "port to listen on (default: any that is free)", portNumber)
    .option("--or-free", "any port that is free when that one is taken")
    .action(async (file: string | undefined, options) => (await import("./commands/app.js")).app(file, options, host));

  sigma
    .command("schema")
    .description("Print the JSON Schema of recipes, or the recipes of the presets.")
    .option("--presets", "list the presets")
    .option("--preset <name>", "print the complete recipe of a preset")
    .action(async (options) => (await import("./commands/schema.js")).schema(options, host));

  return sigma;
}

/** The options of commands that analyse files. */
function analysing(command: Command): Command {
  return command
    .option("--axes <names>", axesHelp, names)
    .option("--detectors <names>", detectorsHelp, names)
    .option("--frames <first:end>", framesHelp, frameRange)
    .option("--preset <name>", "recipe to run (see `sigma schema --presets`)")
    .option("--recipe <file>", "recipe of your own, as JSON")
    .option("--dataset <number>", "which spectrum image of the file, from 0", wholeNumber)
    .option(
      "--add-image <file>",
      "picture of the same field (BSE, SE ...) to be joined to those of the file; may be repeated",
      oneMore,
    )
    .option("--seed-spectrum <file>", "spectrum of a standard (.msa) that unmixing starts from; may be repeated", oneMore)
    .option(
      "--standard <file[=formula[:elements]]>",
      "spectrum of a standard (.msa) for the step quantify with XPP, such as MgO.msa=MgO:Mg; may be repeated",
      oneMore,
    )
    .option("--masks-on <name>", "finer picture of the same field, on whose grid class masks are written, too")
    .option("--image-feature <name>", "picture that becomes a feature beside the X-ray lines; may be repeated", oneMore)
    .option(
      "--own-phase <file>",
      "phase of your own to be named: its spectrum (.msa), or a .json with phases as the step identify has them; may be repeated",
      oneMore,
    )
    .option("--stability <runs>", "find the classes so many times more from counts drawn anew, and say which stay", wholeNumber)
    .option(
      "--report-sections <names>",
      "parts that the report shall have, such as phases,names,composition,method (default: all)",
      names,
    )
    .option("--seed <number>", "seed of all random numbers", wholeNumber)
    .option(
      "--threads <number>",
      "threads to use at most (default: as many as processors, up to 4); the result does not depend on it",
      positiveNumber,
    )
    .option("--max-memory <GiB>", "stop when the counts would need more memory than this", positiveNumber)
    .option("--overwrite", "replace the result of an earlier run in the same folder")
    .option("--strict", "fail with code 6 when a method did not converge")
    .option("--json", "print result.json on stdout")
    .option("--progress <how>", "tty, jsonl or none (default: tty on a terminal)", progressMode);
}

/** Asked for after the options are known to be options, so that a slip in `--out` is called one. */
function needsOut(_: Command, acting: Command): void {
  if (acting.opts<{ readonly out?: string }>().out === undefined)
    acting.error("error: required option '--out <folder>' not specified");
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return value;
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("It must be a whole number, 0 to 65535.");
  return value;
}

function names(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

function frameRange(text: string): { start: number; end: number } {
  const [, first, end] = /^(\d{1,9}):(\d{1,9})$/.exec(text.trim()) ?? [];
  const range = { start: Number(first), end: Number(end) };
  if (!(range.start < range.end))
    throw new InvalidArgumentError("It must be two whole numbers such as 0:10, the first the lesser.");
  return range;
}

function oneMore(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

function progressMode(text: string): string {
  if (!["tty", "jsonl", "none"].includes(text)) throw new InvalidArgumentError("It must be tty, jsonl or none.");
  return text;
}
