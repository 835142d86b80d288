import { createSpotlight, Spotlight, type SpotlightActionData, useSpotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { memo, useState, useSyncExternalStore } from "react";
import type { Answer, Command } from "../session/commands.js";
import type { Session } from "../session/session.js";
import { parameterCommands } from "./parameter-commands.js";
import { aloud, runAloud } from "./run-aloud.js";
import { caretToEnd, useHastyWords } from "./use-hasty-words.js";

const [store, spotlight] = createSpotlight();

interface Props {
  readonly session: Pick<Session, "commands" | "actions" | "linked" | "store">;
}

/** Every action by its words; what cannot be done now stays listed and says why. What must know something first asks for it in the same place. The list is made when it is opened. */
export const Palette = memo(function Palette({ session }: Props) {
  const { commands } = session;
  const { opened } = useSpotlight(store);
  const list = useSyncExternalStore(commands.subscribe, commands.list);
  const [recent, setRecent] = useState<readonly string[]>([]);
  const [query, setQuery] = useState("");
  const [asking, setAsking] = useState<Command>();
  useHastyWords({ isOpen: isPaletteOpen, hasFocus: hasFieldFocus, change: setQuery, close: spotlight.close });
  const done = (): void => {
    setAsking(undefined);
    setQuery("");
  };
  const choose = (command: Command): void => {
    setRecent((before) => [command.id, ...before.filter((other) => other !== command.id)].slice(0, 5));
    if (isAsked(command)) {
      setAsking(command);
      setQuery("");
      return;
    }
    giveFocusBack();
    if (commands.get(command.id) === undefined) void aloud(session, command.title, command.run);
    else void runAloud(session, command.id);
  };
  const place = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const offered = opened ? [...list, ...parameterCommands(session)] : [];
  const sorted = offered.filter(({ id }) => !id.startsWith("palette.")).sort((a, b) => place(a.id) - place(b.id));
  const answers = asking?.asks?.answers(query) ?? [];
  const prompt = asking?.asks?.prompt ?? "Find an action";
  return (
    <Spotlight
      store={store}
      actions={
        asking === undefined
          ? sorted.map((command) => actionOf(command, () => choose(command)))
          : answers.map((answer) => answerOf(answer, () => void aloud(session, asking.title, answer.run)))
      }
      {...(asking === undefined ? {} : { filter: (_: string, all) => all })}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={done}
      shortcut={null}
      attributes={{ content: { "aria-label": asking?.title ?? "Find an action" } }}
      nothingFound={asking?.asks?.otherwise ?? "No action of that name"}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: prompt,
        onFocus: caretToEnd,
        "aria-label": asking === undefined ? prompt : `${asking.title} ${prompt}`,
      }}
    />
  );
});

/** What had the focus before. */
let opener: Element | null = null;

export function openPalette(): void {
  if (!isPaletteOpen()) opener = document.activeElement;
  spotlight.open();
}

function isPaletteOpen(): boolean {
  return store.getState().opened;
}

function hasFieldFocus(): boolean {
  return document.activeElement?.matches(".mantine-Spotlight-search") === true;
}

/** A dialog that the action opens gives the focus back to what has it now: the field of the palette is gone by then. */
function giveFocusBack(): void {
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
}

function isAsked({ asks, unavailable }: Command): boolean {
  return asks !== undefined && unavailable?.() === undefined;
}

function actionOf(command: Command, run: () => void): SpotlightActionData {
  const { id, title, keys, words, unavailable } = command;
  const reason = unavailable?.();
  return {
    id,
    label: title,
    ...(reason === undefined ? {} : { description: reason }),
    keywords: words ?? "",
    rightSection: keys === undefined ? undefined : <kbd>{keys}</kbd>,
    closeSpotlightOnTrigger: !isAsked(command),
    onClick: run,
  };
}

function answerOf({ id, title, hint }: Answer, run: () => void): SpotlightActionData {
  return { id: `answer ${id}`, label: title, ...(hint === undefined ? {} : { description: hint }), onClick: run };
}
