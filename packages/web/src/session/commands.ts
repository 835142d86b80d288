/** Every act that has a name: what menus, keys and the palette offer. A command that cannot be done now stays listed and says why. */

/** One answer that a command takes. */
export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly hint?: string | undefined;
  run(): void | Promise<void>;
}

/** What a command must know before it can be done: asked in the palette. */
export interface Question {
  /** Stands in the empty field: `Energy in keV`. */
  readonly prompt: string;
  /** Why nothing can be chosen from what was typed. */
  readonly otherwise: string;
  /** What can be chosen after this was typed, the likeliest first. */
  answers(typed: string): readonly Answer[];
}

export interface Command {
  /** `edit.undo` */
  readonly id: string;
  /** Verb first: `Find phases`. */
  readonly title: string;
  /** As written in menus: `Ctrl Z`, `Shift 3`, `N`. Several are separated by a comma and a space. */
  readonly keys?: string | undefined;
  /** Whether a key that is held does it again and again, each time when it is done. Default: once. */
  readonly repeats?: boolean | undefined;
  /** More words by which the palette finds it. */
  readonly words?: string | undefined;
  /** Why it cannot be done now; undefined when it can. */
  unavailable?(): string | undefined;
  /** Left out: it is done at once. The palette asks; by key and menu the first answer is taken. */
  readonly asks?: Question | undefined;
  run(): void | Promise<void>;
}

export interface Commands {
  /** Adds commands; gives the way to take them away again. A later command takes the place of an earlier one of the same id. */
  register(commands: readonly Command[]): () => void;
  list(): readonly Command[];
  get(id: string): Command | undefined;
  /** Runs a command unless it is unavailable; gives the reason when it is, or when there is none of that id. */
  run(id: string): Promise<string | undefined>;
  subscribe(listener: () => void): () => void;
}

/** A command that asks: without an answer it does what the first one does. */
export function asking({ asks, ...command }: Omit<Command, "run"> & { readonly asks: Question }): Command {
  return { ...command, asks, run: () => asks.answers("")[0]?.run() };
}

export function commandRegistry(): Commands {
  const stacks = new Map<string, Command[]>();
  const listeners = new Set<() => void>();
  let listed: readonly Command[] | undefined;
  const changed = (): void => {
    listed = undefined;
    for (const listener of [...listeners]) listener();
  };
  const get = (id: string): Command | undefined => stacks.get(id)?.at(-1);
  return {
    register(commands) {
      for (const command of commands) stacks.set(command.id, [...(stacks.get(command.id) ?? []), command]);
      changed();
      return () => {
        for (const command of commands) remove(stacks, command);
        changed();
      };
    },
    list() {
      listed ??= [...stacks.values()].flatMap((stack) => stack.slice(-1));
      return listed;
    },
    get,
    async run(id) {
      const command = get(id);
      if (command === undefined) return `There is no action "${id}".`;
      const reason = command.unavailable?.();
      if (reason !== undefined) return reason;
      await command.run();
      return undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function remove(stacks: Map<string, Command[]>, command: Command): void {
  const rest = (stacks.get(command.id) ?? []).filter((other) => other !== command);
  if (rest.length === 0) stacks.delete(command.id);
  else stacks.set(command.id, rest);
}
