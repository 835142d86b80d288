/** What a row of the class list offers under the right button. */
import { actOn, chooseClasses, classesMeant } from "../../session/class-choice.js";
import { commandEntries, type MenuGroups } from "../../session/menu-entry.js";
import { moveSelection, selectionRefusal } from "../../session/selection-edits.js";
import type { ViewSession } from "../../session/view-session.js";

const SOURCE = "classes";
const edits = ["class.rename", "class.note", "class.merge", "class.split", "class.recluster", "class.same"];
const looks = ["class.lock", "class.hide", "class.solo", "class.delete"];

/** For the row of a class. Of several that are chosen all are meant; another becomes the one that is acted on, and the selection stays as it is. */
export function classMenu(session: ViewSession, id: number): MenuGroups {
  const { linked, analysis } = session;
  if (analysis === undefined) return [];
  const meant = classesMeant(analysis, linked.chosenClasses.current.value, linked.visibleClasses.current.value.active);
  if (!meant.includes(id)) actOn(linked, id, SOURCE);
  const locked = analysis.classes.find((phase) => phase.id === id)?.locked === true;
  const refusal = selectionRefusal(session) ?? (locked ? "It is locked." : undefined);
  return [
    [
      { label: "Select its pixels", run: () => chooseClasses(session, [id], SOURCE) },
      { label: "Move the selection here", unavailable: refusal, run: () => void moveSelection(session, id) },
    ],
    commandEntries(session, edits),
    commandEntries(session, looks),
  ];
}
