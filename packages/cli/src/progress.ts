/** Progress on stderr, so that stdout carries the result alone. */
export type ProgressMode = "tty" | "jsonl" | "none";

export interface ProgressEvent {
  /** Number of the step from 1, of `steps`. */
  readonly step: number;
  readonly steps: number;
  readonly title: string;
  /** 0 to 1 of this step. */
  readonly fraction: number;
  readonly message?: string | undefined;
}

export interface ProgressPrinter {
  show(event: ProgressEvent): void;
  /** Ends the line that is being rewritten. */
  close(): void;
}

const PAINTS_PER_SECOND = 10;

export function progressPrinter(mode: ProgressMode, stream: NodeJS.WriteStream = process.stderr): ProgressPrinter {
  if (mode === "none") return { show() {}, close() {} };
  return mode === "jsonl" ? jsonLines(stream) : terminalLine(stream);
}

/** `tty` when stderr is a terminal, else `none`. */
export function defaultProgressMode(stream: NodeJS.WriteStream = process.stderr): ProgressMode {
  return stream.isTTY ? "tty" : "none";
}

function jsonLines(stream: NodeJS.WriteStream): ProgressPrinter {
  const due = rateLimit();
  return {
    show(event) {
      if (due(event)) stream.write(`${JSON.stringify({ event: "progress", ...event })}\n`);
    },
    close() {},
  };
}

function terminalLine(stream: NodeJS.WriteStream): ProgressPrinter {
  const due = rateLimit();
  let open = false;
  return {
    show(event) {
      if (!due(event)) return;
      const percent = String(Math.floor(event.fraction * 100)).padStart(3);
      const text = `[${event.step}/${event.steps}] ${event.title} ${percent} %${event.message === undefined ? "" : `  ${event.message}`}`;
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns ?? 100) - 1))}`);
      open = true;
      if (event.fraction >= 1) {
        stream.write("\n");
        open = false;
      }
    },
    close() {
      if (open) stream.write("\n");
      open = false;
    },
  };
}

/** Lets the first and last event of each step through, and between them at most ten a second. */
function rateLimit(): (event: ProgressEvent) => boolean {
  let lastTime = Number.NEGATIVE_INFINITY;
  let lastStep = 0;
  let finished = false;
  return ({ step, fraction }) => {
    const now = performance.now();
    const newStep = step !== lastStep;
    if (newStep) finished = false;
    if (finished) return false;
    if (!newStep && fraction < 1 && now - lastTime < 1000 / PAINTS_PER_SECOND) return false;
    lastTime = now;
    lastStep = step;
    finished = fraction >= 1;
    return true;
  };
}
