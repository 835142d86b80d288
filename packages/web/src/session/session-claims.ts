/** One window writes a session of the browser's storage. Another that shows it too keeps what is done there as a session of its own. */

export interface SessionClaims {
  /** Makes a session the one that this window writes, and lets go of the one before; false while another window has it. */
  claim(id: string): Promise<boolean>;
  /** Whether no window writes it, this one neither. */
  isFree(id: string): Promise<boolean>;
}

/** A window that is closed, or loaded anew, lets go within this. */
const WAIT_MS = 500;

type Locks = Pick<LockManager, "request">;

/** Where the browser has no locks, every session is free. */
export function sessionClaims(locks: Locks | undefined = globalThis.navigator?.locks): SessionClaims {
  let held: { readonly id: string; letGo(): void } | undefined;
  return {
    async claim(id) {
      if (locks === undefined || held?.id === id) return true;
      const letGo = await taken(locks, lockOf(id));
      if (letGo === undefined) return false;
      held?.letGo();
      held = { id, letGo };
      return true;
    },
    isFree: async (id) => locks === undefined || locks.request(lockOf(id), { ifAvailable: true }, (lock) => lock !== null),
  };
}

function lockOf(id: string): string {
  return `sigma session ${id}`;
}

/** Takes a lock, and gives the way to let go of it; undefined where another window keeps it. */
function taken(locks: Locks, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    locks
      .request(name, { signal: AbortSignal.timeout(WAIT_MS) }, () => new Promise<void>((letGo) => resolve(letGo)))
      .catch(() => resolve(undefined));
  });
}
