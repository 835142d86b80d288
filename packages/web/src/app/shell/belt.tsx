import { Menu } from "@mantine/core";
import { IconContrast, IconDots, IconX } from "@tabler/icons-react";
import { shownGrid } from "../../session/derived/pixel-values.js";
import { isBeingRead, readingRefusal } from "../../session/refusals.js";
import { clearSelection, invertSelection } from "../../session/selection/selecting.js";
import { alreadyWords, selectionRefusal, wholeClassSelected } from "../../session/selection-edits.js";
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
import { RovingToolbar } from "./roving-toolbar.js";
import { selectionWords } from "./selection-words.js";

/** Selection tools, mode, what is selected, and what can be done with it: the same for every view. */
export function Belt() {
  const { session } = useSessionContext();
  const { linked, commands } = session;
  const tool = useSharedValue(linked.tool).value;
  const mode = useSharedValue(linked.mode).value;
  return (
    <RovingToolbar label="Selection" className={styles["belt"]} options={tool === "brush" || tool === "wand" ? tool : undefined}>
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
  if (count === 0 || grid === undefined || isBeingRead(shown.activity))
    return <span className={styles["count"]}>Nothing selected</span>;
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
  const reading = readingRefusal(shown);
  const nothing = reading ?? (count === 0 ? "Nothing selected" : undefined);
  const reason = session.commands.get("edit.make-class")?.unavailable?.() ?? undefined;
  const whole = wholeClassSelected(shown);
  return (
    <>
      <TextButton look="plain" unavailable={reading} onClick={() => invertSelection(shown, "belt")}>
        <IconContrast size={16} stroke={1.6} aria-hidden /> <span className={styles["word"]}>Invert</span>
      </TextButton>
      <TextButton look="plain" unavailable={nothing} onClick={() => clearSelection(shown, "belt")}>
        <IconX size={16} stroke={1.6} aria-hidden /> <span className={styles["word"]}>Clear</span>{" "}
        <span className={styles["key"]}>Esc</span>
      </TextButton>
      <MoveMenu unavailable={selectionRefusal(shown)} />
      <TextButton
        look="primary"
        unavailable={reason}
        hint={whole && alreadyWords(whole)}
        onClick={() => void runAloud(session, "edit.make-class")}
      >
        Make a class <span className={styles["key"]}>N</span>
      </TextButton>
    </>
  );
}
