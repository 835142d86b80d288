import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { isBeingRead } from "../../session/refusals.js";
import { rerunSeconds } from "../../session/rerun-seconds.js";
import { useSessionState } from "../../session/use-view-session.js";
import type { PanelDefinition, Stage } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { OfferedAsContext, PanelNameContext, useOffered } from "../../ui/host.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { useSessionContext } from "../session-context.js";
import { panels } from "../view-registry.js";
import styles from "./inspector.module.css";
import { useAskedPanel } from "./use-asked-panel.js";
import { useClassPanel } from "./use-class-panel.js";
import { useToolsPanel } from "./use-tools-panel.js";

/** Stages in which parameters are set. */
const WITH_CONTROLS: readonly Stage[] = ["inspect", "find-phases", "unmix"];

/** Windows in which the cards of the first tab have no room under each other, CSS pixels. */
const LOW = "(max-height: 799px)";
/** Where a card is instead then: the recipe lists in its steps what the history lists as it was done. */
const HOMES_WHEN_LOW: Readonly<Record<string, string>> = { history: "recipe" };

/** The right side: tabs and cards of the stage. */
export function Inspector() {
  const { shown } = useSessionContext();
  const { stage, activity } = shown;
  const isReading = isBeingRead(activity);
  const body = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Partial<Record<Stage, string>>>({});
  const here = panels.filter(({ stages }) => stages.includes(stage));
  const tabs = here.filter(({ place }) => place === "tab");
  const current = tabs.find(({ id }) => id === chosen[stage]) ?? tabs[0];
  const isLow = useMediaQuery(LOW, false, { getInitialValueInEffect: false });
  const cards = here.filter(({ id, place }) => place === "card" && homeOf(id, tabs, isLow) === current);
  useToolsPanel(body, stage, () => {
    setChosen({ ...chosen, [stage]: tabs[0]?.id });
    setOpen(true);
  });
  useClassPanel(current?.id, (where) => {
    setChosen((before) => ({ ...before, [where]: "classes" }));
    setOpen(true);
  });
  useAskedPanel((id, where) => {
    setChosen((before) => ({ ...before, [where]: id }));
    setOpen(true);
  });
  return (
    <aside className={styles["inspector"]} data-open={open} aria-label="Inspector" id="inspector" tabIndex={-1}>
      <button
        type="button"
        className={styles["handle"]}
        aria-expanded={open}
        aria-controls="inspector-body"
        onClick={() => setOpen(!open)}
      >
        {open ? <IconChevronRight size={16} stroke={1.6} aria-hidden /> : <IconChevronLeft size={16} stroke={1.6} aria-hidden />}
        <span>{current?.title}</span>
      </button>
      <div className={styles["tabs"]}>
        <OfferedAsContext value="Inspector">
          <Tabs tabs={tabs} current={current} onChoose={(id) => setChosen({ ...chosen, [stage]: id })} />
        </OfferedAsContext>
        <div className={styles["rest"]} />
        <AllControls />
      </div>
      {!isReading && <StaleNote />}
      <div
        ref={body}
        className={styles["body"]}
        role="tabpanel"
        id="inspector-body"
        aria-labelledby={current && `tab-${current.id}`}
      >
        {isReading && <EmptyState sentence="Reading…" />}
        {current !== undefined && !isReading && (
          <div className={styles["panel"]}>
            <PanelNameContext value={current.title}>
              <current.component session={shown} />
            </PanelNameContext>
          </div>
        )}
        {!isReading &&
          cards.map(({ id, title, component: Card }) => (
            <div key={id} className={styles["card"]} data-panel={id}>
              <PanelNameContext value={title}>
                <Card session={shown} />
              </PanelNameContext>
            </div>
          ))}
      </div>
    </aside>
  );
}

/** The tab that a card stands in: the first, or another where there is little room. */
function homeOf(card: string, tabs: readonly PanelDefinition[], isLow: boolean): PanelDefinition | undefined {
  const other = isLow ? tabs.find(({ id }) => id === HOMES_WHEN_LOW[card]) : undefined;
  return other ?? tabs[0];
}

interface TabsProps {
  readonly tabs: readonly PanelDefinition[];
  readonly current: PanelDefinition | undefined;
  onChoose(id: string): void;
}

/** The panels of the stage; the palette has them too. */
function Tabs({ tabs, current, onChoose }: TabsProps) {
  useOffered(tabs.map(({ id, title }) => ({ title, words: "tab panel", run: () => onChoose(id) })));
  return (
    <div className={styles["list"]} role="tablist" aria-label="Inspector">
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-controls="inspector-body"
          className={styles["tab"]}
          aria-selected={id === current?.id}
          onClick={() => onChoose(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

/** Every parameter, or five: per user, not per file. */
function AllControls() {
  const { session, shown } = useSessionContext();
  if (!WITH_CONTROLS.includes(shown.stage)) return null;
  return (
    <div className={styles["switch"]}>
      <Segmented
        label="Controls"
        value={shown.allControls ? "all" : "basic"}
        choices={[
          { value: "basic", label: "Basic" },
          { value: "all", label: "All" },
        ]}
        onChange={(value) => session.actions.showAllControls(value === "all")}
      />
    </div>
  );
}

/** Settings were changed since what is shown was found. */
function StaleNote() {
  const { session, shown } = useSessionContext();
  const seconds = useSessionState(session, ({ stepSeconds }) => stepSeconds);
  const { stale, activity } = shown;
  if (stale.length === 0 || activity.kind !== "idle") return null;
  const time = rerunSeconds(stale, seconds, shown.recipe, shown.analysis?.recipe);
  const about = time !== undefined && time >= 1 ? `, about ${Math.ceil(time)} s` : "";
  return (
    <div className={styles["stale"]}>
      <span>Settings have changed since this was found. Run again to see what they do.</span>
      <TextButton onClick={() => void session.actions.findPhases()}>
        {`Re-run ${stale.length} step${stale.length === 1 ? "" : "s"}${about}`}
      </TextButton>
    </div>
  );
}
