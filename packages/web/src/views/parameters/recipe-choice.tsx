import { Menu } from "@mantine/core";
import { type Preset, presets } from "@sigma-eds/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { choosePreset } from "../../session/recipe-acts.js";
import { presetOf } from "../../session/recipe-steps.js";
import { workRefusal } from "../../session/refusals.js";
import type { HistoryEntry, ViewSession } from "../../session/view-session.js";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import described from "./described-list.module.css";
import styles from "./recipe-choice.module.css";
import { recipeConsequences } from "./recipe-consequences.js";

/** Which recipe it is, all presets to choose from, and what the last change of it means, with the way back. */
export function RecipeChoice({ session }: { readonly session: ViewSession }) {
  const known = presetOf(session.recipe);
  const title = known?.preset.title ?? session.recipe.name ?? "Own recipe";
  return (
    <PanelSection title="Recipe" aside={known?.isChanged === true ? "changed" : undefined}>
      <Menu position="bottom-start" shadow="md" width="target" withinPortal>
        <Menu.Target>
          <button type="button" className={styles["button"]} aria-label={`Recipe: ${title}`}>
            <span>{title}</span>
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown className={described["list"]} aria-label="Recipes">
          {Object.values<Preset>(presets).map((preset) => (
            <Menu.RadioItem
              key={preset.id}
              value={preset.id}
              checked={preset === known?.preset}
              checkIcon={<IconCheck size={14} stroke={1.8} />}
              closeMenuOnClick
              onChange={() => choosePreset(session, preset)}
            >
              <strong>{preset.title}</strong>
              <small>{preset.summary}</small>
            </Menu.RadioItem>
          ))}
        </Menu.Dropdown>
      </Menu>
      {known !== undefined && <p className={styles["summary"]}>{known.preset.summary}</p>}
      <LastChange session={session} />
    </PanelSection>
  );
}

/** What was changed last of the steps, as long as nothing else was done since. */
function LastChange({ session }: { readonly session: ViewSession }) {
  const last = lastChange(session.history);
  if (last === undefined) return null;
  const busy = workRefusal(session);
  return (
    <div className={styles["note"]}>
      <p>{[`${last.sentence}.`, ...recipeConsequences(session)].join(" ")}</p>
      <TextButton look="plain" unavailable={busy} onClick={() => void session.actions.goTo(last.before)}>
        Take it back
      </TextButton>
    </div>
  );
}

/** The newest line that is applied, when it is a change of the recipe, and the line before it. */
function lastChange(history: readonly HistoryEntry[]): { readonly sentence: string; readonly before: number } | undefined {
  const done = history.filter(({ applied, kind }) => applied && kind !== "selection");
  const last = done.at(-1);
  if (last?.kind !== "recipe") return undefined;
  return { sentence: last.sentence, before: history[history.indexOf(last) - 1]?.id ?? -1 };
}
