import { countOf } from "@sigma-eds/core";
import { IconDots } from "@tabler/icons-react";
import { useRef } from "react";
import type { MenuEntry } from "../../session/menu-entry.js";
import { workRefusal } from "../../session/refusals.js";
import type { KeptBranch, ViewSession } from "../../session/view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import { useContextMenu } from "../../ui/menu/context-menu.js";
import styles from "./history-panel.module.css";

/** "..." of the history: what another edit took the place of, to go back to. */
export function BranchMenu({ session }: { readonly session: ViewSession }) {
  const { menu, opened, around, toggleBelow } = useContextMenu(() => [
    [{ note: "What another edit took the place of, kept until the session closes" }],
    ...session.branches.map((branch) => entriesOf(branch, session)),
  ]);
  const place = useRef<HTMLSpanElement>(null);
  return (
    <span ref={place} className={styles["more"]} {...around}>
      <IconAction
        icon={IconDots}
        label="Replaced edits"
        opens={{ popup: "menu", expanded: opened, controls: undefined }}
        onClick={() => place.current !== null && toggleBelow(place.current)}
      />
      {menu}
    </span>
  );
}

function entriesOf({ id, sentences, recipeChanges }: KeptBranch, session: ViewSession): MenuEntry[] {
  const edits = sentences.length - recipeChanges;
  const counted = [
    ...(edits > 0 ? [countOf(edits, "edit")] : []),
    ...(recipeChanges > 0 ? [`${countOf(recipeChanges, "change")} of the recipe`] : []),
  ];
  const act = {
    label: `Before: ${counted.join(" and ")}, last: ${sentences.at(-1)}`,
    unavailable: workRefusal(session),
    run: () => void session.actions.goToBranch(id),
  };
  return sentences.length > 1 ? [act, { note: sentences.join(" · ") }] : [act];
}
