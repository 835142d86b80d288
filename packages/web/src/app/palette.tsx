import { createSpotlight, Spotlight, type SpotlightActionData, useSpotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { memo, useState, useSyncExternalStore } from "react";
import type { Command } from "../session/commands.js";
import type { Session } from "../session/session.js";
import { runAloud } from "./run-aloud.js";

const [store, spotlight] = createSpotlight();

/** Every action by its words; what cannot be done now stays listed and says why. The list is made when it is opened. */
export const Palette = memo(function Palette({ session }: { readonly session: Pick<Session, "commands" | "actions" | "store"> }) {
  const { commands } = session;
  const { opened } = useSpotlight(store);
  const list = useSyncExternalStore(commands.subscribe, commands.list);
  const [recent, setRecent] = useState<readonly string[]>([]);
  const run = (id: string): void => {
    setRecent((before) => [id, ...before.filter((other) => other !== id)].slice(0, 5));
    void runAloud(session, id);
  };
  const place = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const sorted = (opened ? [...list] : [])
    .filter(({ id }) => !id.startsWith("palette."))
    .sort((a, b) => place(a.id) - place(b.id));
  return (
    <Spotlight
      store={store}
      actions={sorted.map((command) => actionOf(command, () => run(command.id)))}
      shortcut={null}
      attributes={{ content: { "aria-label": "Find an action" } }}
      nothingFound="No action of that name"
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: "Find an action",
        "aria-label": "Find an action",
      }}
    />
  );
});

export function openPalette(): void {
  spotlight.open();
}

function actionOf({ id, title, keys, words, unavailable }: Command, run: () => void): SpotlightActionData {
  const reason = unavailable?.();
  return {
    id,
    label: title,
    ...(reason === undefined ? {} : { description: reason }),
    keywords: words ?? "",
    rightSection: keys === undefined ? undefined : <kbd>{keys}</kbd>,
    onClick: run,
  };
}
