/** Programs that stages have used and that the next may use again: making one takes memory of its own each time. */
export class ProgramShelf {
  readonly #kept = new Map<string, { readonly sizes: string; readonly program: Promise<unknown> }>();

  /** A program of these sizes: the last of its kind where it has them, else a new one. What lies in its arrays is left from before. */
  take<Sizes, Program>(kind: string, sizes: Sizes, make: (sizes: Sizes) => Promise<Program>): Promise<Program> {
    const key = JSON.stringify(sizes);
    const kept = this.#kept.get(kind);
    if (kept?.sizes === key) return kept.program as Promise<Program>;
    const program = make(sizes);
    this.#kept.set(kind, { sizes: key, program });
    return program;
  }
}
