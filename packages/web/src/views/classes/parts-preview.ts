/** A look at the parts of a class before they are kept: made as an edit, made anew with other settings, kept or taken back. */
import type { EditInput } from "@sigma-eds/core";
import { inOrder } from "../../session/in-order.js";
import type { ViewSession } from "../../session/view-session.js";

export interface PartsPreview {
  /** Shows what an edit gives in place of the look before; where several are asked for, the newest. */
  look(edit: EditInput): Promise<void>;
  /** What is shown stays. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** Line of the history before any edit. */
const FOUND = -1;

interface Look {
  /** Lines of the history. */
  readonly id: number;
  readonly before: number;
}

/** `tell` hears whether parts are shown that can be kept or discarded. */
export function partsPreview(
  { now, actions }: Pick<ViewSession, "now" | "actions">,
  tell: (isShown: boolean) => void,
): PartsPreview {
  const order = inOrder();
  let shown: Look | undefined;
  let asked = 0;

  const set = (look: Look | undefined): void => {
    shown = look;
    tell(look !== undefined);
  };

  /** False where something else was done since: then it is not the look that would be undone. */
  const takeBack = async (): Promise<boolean> => {
    const look = shown;
    set(undefined);
    if (look === undefined) return true;
    if (newestEdit(now()) !== look.id) {
      actions.say("Something else was done since. The history takes the parts back.");
      return false;
    }
    await actions.goTo(look.before);
    return true;
  };

  const show = async (edit: EditInput): Promise<void> => {
    if (!(await takeBack())) return;
    const before = now();
    await actions.edit([edit]);
    const id = newestEdit(now());
    const line = before.history.findLast(({ applied }) => applied)?.id ?? FOUND;
    set(id === undefined || id === newestEdit(before) ? undefined : { id, before: line });
  };

  return {
    look(edit) {
      const mine = ++asked;
      return order.add(async () => {
        if (mine === asked) await show(edit);
      });
    },
    keep: () => order.add(async () => set(undefined)),
    discard() {
      asked += 1;
      return order.add(async () => void (await takeBack()));
    },
  };
}

function newestEdit({ history }: ViewSession): number | undefined {
  return history.findLast(({ kind, applied }) => kind === "edit" && applied)?.id;
}
