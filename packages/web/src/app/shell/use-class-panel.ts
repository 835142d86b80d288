/** What is asked of the class list brings it to the front, in a stage that has it. */
import { useEffect, useRef } from "react";
import type { ClassAsk } from "../../session/linked.js";
import type { Stage } from "../../session/view-session.js";
import { useSessionContext } from "../session-context.js";
import { panels } from "../view-registry.js";

const CLASSES = "classes";
/** Where one is led from a stage without the list. */
const HOME: Stage = "edit";
const SOURCE = "inspector";

/** `show` brings the classes to the front in a stage; `current` is the tab that is there. */
export function useClassPanel(current: string | undefined, show: (stage: Stage) => void): void {
  const { session } = useSessionContext();
  const { linked, actions, store } = session;
  const latest = useRef(show);
  latest.current = show;
  useEffect(
    () =>
      linked.classAsk.subscribe(({ value }) => {
        if (value === undefined || value.act === "name-new") return;
        const { stage: now } = store.getState();
        const isHere = panels.find(({ id }) => id === CLASSES)?.stages.includes(now) === true;
        const isLed = !isHere && leadsThere(value);
        if (isLed) actions.goToStage(HOME);
        if (isHere || isLed) latest.current(isHere ? now : HOME);
        if (value.act === "show" || !(isHere || isLed)) linked.classAsk.set(undefined, SOURCE);
      }),
    [linked, actions, store],
  );
  useEffect(() => {
    // A field that was open goes with the list.
    if (current !== CLASSES && linked.classAsk.current.value?.act === "rename") linked.classAsk.set(undefined, SOURCE);
  }, [linked, current]);
}

/** The name of a new class is only offered, and "show" only follows what was done; whatever else opens was asked for. */
function leadsThere(ask: ClassAsk): boolean {
  return ask.act !== "show" && !(ask.act === "rename" && ask.typed !== undefined);
}
