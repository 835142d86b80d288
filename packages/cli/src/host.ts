/** What a command is given by the program around it: where to print, and a way to be stopped. */
export interface Host {
  readonly signal: AbortSignal;
  /** The result, on stdout. */
  out(text: string): void;
  /** Anything for people, on stderr. */
  log(text: string): void;
}
