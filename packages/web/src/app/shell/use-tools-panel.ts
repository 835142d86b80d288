/** A tool that works through a card of the inspector brings the card to sight when it is chosen, and the focus into it; Escape gives the focus back. */
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Tool } from "../../session/linked.js";
import type { Stage } from "../../session/view-session.js";
import { useSessionContext } from "../session-context.js";
import { panels } from "../view-registry.js";
import { toolWords } from "./belt-tools.js";
import { stageWords } from "./stages.js";

/** What a panel marks as the place to begin at; else its first control. */
const PLACES = ["[data-enter] :is(select, input, button)", ":is(select, input, button)"];

/** `show` brings the cards of the stage to the front. A tool is obeyed whenever it is chosen, also when it was chosen already. */
export function useToolsPanel(body: RefObject<HTMLElement | null>, stage: Stage, show: () => void): void {
  const { session } = useSessionContext();
  const [sought, seek] = useState<{ readonly id: string }>();
  const latest = useRef({ stage, show });
  latest.current = { stage, show };
  useEffect(
    () =>
      session.linked.tool.subscribe(({ value }) => {
        const panel = panels.find(({ tool }) => tool === value);
        if (panel === undefined) return;
        if (!panel.stages.includes(latest.current.stage)) {
          session.actions.say(elsewhere(value, panel.stages));
          return;
        }
        latest.current.show();
        seek({ id: panel.id });
      }),
    [session],
  );
  useEffect(() => {
    const card = sought && body.current?.querySelector<HTMLElement>(`[data-panel="${sought.id}"]`);
    return card ? entered(card) : undefined;
  }, [sought, body]);
}

/** Focuses the place to begin at. Gives the way to forget where the focus came from. */
function entered(card: HTMLElement): (() => void) | undefined {
  const before = document.activeElement;
  card.scrollIntoView({ block: "nearest" });
  const place = PLACES.map((selector) => card.querySelector<HTMLElement>(selector)).find((control) => control !== null);
  place?.focus();
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !(before instanceof HTMLElement)) return;
    if (before === document.body) place?.blur();
    else before.focus();
  };
  card.addEventListener("keydown", leave);
  return () => card.removeEventListener("keydown", leave);
}

/** `Gate works in the stages Find phases, Edit.` */
function elsewhere(tool: Tool, stages: readonly Stage[]): string {
  const title = toolWords.find(({ id }) => id === tool)?.title;
  const names = stageWords.filter(({ id }) => stages.includes(id)).map((stage) => stage.title);
  return `${title} works in the stages ${names.join(", ")}.`;
}
