/** What keys and the palette do with classes, in every stage and whichever tab is in front. */
import { chooseClasses, classesMeant } from "../session/class-choice.js";
import type { Command } from "../session/commands.js";
import type { ClassAsk, VisibleClasses } from "../session/linked.js";
import { colourAsMinerals, mineralRefusal, spreadColoursAgain } from "../session/recolour-all.js";
import { editRefusal } from "../session/refusals.js";
import type { Session } from "../session/session.js";
import type { ViewSession } from "../session/view-session.js";
import { sameClassVerdict } from "../views/classes/same-class.js";

const SOURCE = "command";
/** As many as there are digits for. */
const BY_DIGIT = 9;

export function classCommands({ linked, actions }: Session, shown: () => ViewSession): Command[] {
  const meant = (): number[] => {
    const { analysis } = shown();
    return analysis === undefined
      ? []
      : classesMeant(analysis, linked.chosenClasses.current.value, linked.visibleClasses.current.value.active);
  };
  const ask = (asked: ClassAsk): void => linked.classAsk.set(asked, SOURCE);
  const look = (change: (visible: VisibleClasses, id: number) => Partial<VisibleClasses>) => (id: number) => {
    const { value } = linked.visibleClasses.current;
    linked.visibleClasses.set({ ...value, ...change(value, id) }, SOURCE);
    ask({ act: "show" });
  };
  const one = (refusal: (session: ViewSession) => string | undefined, does: (id: number) => void) => ({
    unavailable: () => refusal(shown()) ?? (meant().length === 1 ? undefined : ONE),
    run: () => {
      const [id] = meant();
      if (id !== undefined) does(id);
    },
  });
  const edits = (does: (id: number) => void) =>
    one(editRefusal, (id) => {
      does(id);
      ask({ act: "show" });
    });
  const form = (act: "rename" | "note" | "split" | "recluster") => one(editRefusal, (id) => ask({ act, id }));
  const isLocked = (id: number): boolean => shown().analysis?.classes.find((phase) => phase.id === id)?.locked === true;
  return [
    {
      id: "class.merge",
      title: "Merge classes",
      keys: "J",
      words: "join unite",
      unavailable: () => editRefusal(shown()) ?? (meant().length > 1 ? undefined : TWO),
      run: () => {
        void actions.edit([{ step: "edit", action: "merge", ids: meant() }]);
        ask({ act: "show" });
      },
    },
    { id: "class.split", title: "Split class...", keys: "K", words: "grains parts", ...form("split") },
    { id: "class.recluster", title: "Re-cluster inside...", keys: "C", words: "class", ...form("recluster") },
    { id: "class.rename", title: "Rename class...", keys: "F2", ...form("rename") },
    { id: "class.note", title: "Note on class...", keys: "Enter", ...form("note") },
    {
      id: "class.lock",
      title: "Lock or unlock class",
      keys: "Shift L",
      ...edits((id) => void actions.edit([{ step: "edit", action: "lock", id, locked: !isLocked(id) }])),
    },
    { id: "class.hide", title: "Hide or show class", keys: ".", ...one(noClasses, look(toggledHidden)) },
    { id: "class.solo", title: "Show only this class", keys: "Shift .", ...one(noClasses, look(toggledSolo)) },
    {
      id: "class.delete",
      title: "Remove class, leave its pixels unassigned",
      words: "delete",
      ...edits((id) => void actions.edit([{ step: "edit", action: "delete", id }])),
    },
    {
      id: "class.spread-colours",
      title: "Spread colours again",
      words: "recolour neighbours palette classes far",
      unavailable: () => editRefusal(shown()),
      run: () => spreadColoursAgain(shown()),
    },
    {
      id: "class.mineral-colours",
      title: "Mineral colours",
      words: "recolour standard customary phases names classes",
      unavailable: () => mineralRefusal(shown()),
      run: () => colourAsMinerals(shown()),
    },
    {
      id: "class.same",
      title: "Are these two different?",
      words: "classes compare same merge lines counts",
      unavailable: () => noClasses(shown()) ?? (meant().length === 2 ? undefined : JUST_TWO),
      run: () => {
        const [one, other] = meant();
        const { analysis } = shown();
        if (analysis === undefined || one === undefined || other === undefined) return;
        const verdict = sameClassVerdict(analysis, one, other);
        actions.say(verdict?.sentence ?? "These two cannot be compared: there are no lines or no counts.");
        ask({ act: "show" });
      },
    },
    ...Array.from({ length: BY_DIGIT }, (_, i) => selectCommand(i, shown)),
  ];
}

const ONE = "Choose one class first.";
const JUST_TWO = "Choose two classes first, with Ctrl in the class list.";
const TWO = "Choose two or more classes first, with Ctrl or Shift in the class list.";

function noClasses({ analysis }: ViewSession): string | undefined {
  return analysis === undefined || analysis.classes.length === 0 ? "Find the phases first." : undefined;
}

function toggledHidden(visible: VisibleClasses, id: number): Partial<VisibleClasses> {
  const hidden = new Set(visible.hidden);
  if (!hidden.delete(id)) hidden.add(id);
  return { hidden };
}

function toggledSolo({ solo }: VisibleClasses, id: number): Partial<VisibleClasses> {
  return { solo: solo === id ? undefined : id };
}

/** A class by its digit; its name is in the palette. */
function selectCommand(i: number, shown: () => ViewSession): Command {
  const found = () => shown().analysis?.classes[i];
  return {
    id: `class.select.${i + 1}`,
    get title() {
      const name = found()?.name;
      return name === undefined ? `Select class ${i + 1}` : `Select class ${i + 1}: ${name}`;
    },
    keys: String(i + 1),
    unavailable: () => (found() === undefined ? (noClasses(shown()) ?? "There are fewer classes.") : undefined),
    run: () => {
      const id = found()?.id;
      if (id !== undefined) chooseClasses(shown(), [id], SOURCE);
    },
  };
}
