import { Menu } from "@mantine/core";
import { IconContrast, IconDots, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { shownGrid } from "../../session/derived/pixel-values.js";
import { clearSelection, invertSelection } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import { IconAction } from "../../ui/icon-action.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { TextButton } from "../../ui/text-button.js";
import { ToolOptionControls } from "../../views/tool-options/tool-options.js";
import { runAloud } from "../run-aloud.js";
import { useSessionContext } from "../session-context.js";
import styles from "./belt.module.css";
import { modeWords, toolWords } from "./belt-tools.js";
import { MoveMenu } from "./move-menu.js";
import { selectionWords } from "./selection-words.js";

/** Selection tools, mode, what is selected, and what can be done with it: the same for every view. */
export function Belt() {
  const { session } = useSessionContext();
  const { linked, commands } = session;
  const tool = useSharedValue(linked.tool).value;
  const mode = useSharedValue(linked.mode).value;
  return (
    <RovingToolbar label="Selection" hasOptions={tool === "brush" || tool === "wand"}>
      {toolWords.map(({ id, title, keys, icon }) => (
        <IconAction
          key={id}
          icon={icon}
          size={18}
          label={title}
          keys={keys}
          pressed={tool === id}
          onClick={() => linked.tool.set(id, "belt")}
        />
      ))}
      <div className={styles["rule"]} />
      <div className={styles["modes"]}>
        {modeWords.map(({ id, title, keys, icon }) => (
          <IconAction
            key={id}
            icon={icon}
            label={title}
            keys={keys}
            pressed={mode === id}
            onClick={() => linked.mode.set(id, "belt")}
          />
        ))}
      </div>
      <ToolOptionControls session={session} />
      <div className={styles["rule"]} />
      <SelectionCount />
      <div className={styles["rest"]} />
      <SelectionActions />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <MenuAnchor>
            <IconAction icon={IconDots} label="More for the selection" onClick={() => {}} />
          </MenuAnchor>
        </Menu.Target>
        <Menu.Dropdown>
          {["select.grow", "select.shrink", "select.fill", "select.largest", "select.boundary", "select.all"].map((id) => {
            const command = commands.get(id);
            if (command === undefined) return null;
            return (
              <Menu.Item key={id} onClick={() => void runAloud(session, id)} disabled={command.unavailable?.() !== undefined}>
                {command.title}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </RovingToolbar>
  );
}

function SelectionCount() {
  const { session, shown } = useSessionContext();
  const { count } = useSharedValue(session.linked.selection).value;
  const grid = shownGrid(shown);
  if (count === 0 || grid === undefined) return <span className={styles["count"]}>Nothing selected</span>;
  const { main, more } = selectionWords(count, grid);
  return (
    <output className={styles["count"]}>
      {main} <small>{more}</small>
    </output>
  );
}

function SelectionActions() {
  const { session, shown } = useSessionContext();
  const { count } = useSharedValue(session.linked.selection).value;
  const nothing = count === 0 ? "Nothing selected" : undefined;
  const reason = session.commands.get("edit.make-class")?.unavailable?.() ?? undefined;
  return (
    <>
      <TextButton look="plain" onClick={() => invertSelection(shown, "belt")}>
        <IconContrast size={16} stroke={1.6} aria-hidden /> <span className={styles["word"]}>Invert</span>
      </TextButton>
      <TextButton look="plain" unavailable={nothing} onClick={() => clearSelection(shown, "belt")}>
        <IconX size={16} stroke={1.6} aria-hidden /> <span className={styles["word"]}>Clear</span>{" "}
        <span className={styles["key"]}>Esc</span>
      </TextButton>
      <MoveMenu unavailable={reason} />
      <TextButton look="primary" unavailable={reason} onClick={() => void runAloud(session, "edit.make-class")}>
        Make a class <span className={styles["key"]}>N</span>
      </TextButton>
    </>
  );
}

interface ToolbarProps {
  readonly label: string;
  /** The chosen tool has options, which take some of the room. */
  readonly hasOptions: boolean;
  readonly children: ReactNode;
}

/** A toolbar of which one button takes the focus; arrow keys go on from there. */
function RovingToolbar({ label, hasOptions, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || bar.current === null) return;
    const buttons = [...bar.current.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div ref={bar} className={styles["belt"]} role="toolbar" aria-label={label} data-options={hasOptions} onKeyDown={move}>
      {children}
    </div>
  );
}
