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

/** `tell` hears whether parts are shown that can be kept or discarded. */
export function partsPreview({ actions }: Pick<ViewSession, "actions">, tell: (isShown: boolean) => void): PartsPreview {
  const order = inOrder();
  let shown: (() => Promise<boolean>) | undefined;
  let asked = 0;

  const set = (look: typeof shown): void => {
    shown = look;
    tell(look !== undefined);
  };

  /** False where something else was done since: then it is not the look that would be undone. */
  const takeBack = async (): Promise<boolean> => {
    const look = shown;
    set(undefined);
    return look === undefined || look();
  };

  return {
    look(edit) {
      const mine = ++asked;
      return order.add(async () => {
        if (mine === asked && (await takeBack())) set(await actions.lookAt([edit]));
      });
    },
    keep: () => order.add(async () => set(undefined)),
    discard() {
      asked += 1;
      return order.add(async () => void (await takeBack()));
    },
  };
}
