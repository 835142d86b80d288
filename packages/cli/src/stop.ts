/** Ctrl-C and SIGTERM raise a signal that every step looks at; a second Ctrl-C ends the program at once. */
export interface StopSwitch {
  readonly signal: AbortSignal;
  /** The signal that stopped the program, if one did. */
  stoppedBy(): NodeJS.Signals | undefined;
  /** Gives the signals back to the system. */
  release(): void;
}

export function stopOnSignals(): StopSwitch {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (received !== undefined) process.exit(name === "SIGTERM" ? 143 : 130);
    received = name;
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    stoppedBy: () => received,
    release() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
