import { useState } from "react";
import type { Stage } from "../../session/view-session.js";
import { useSessionContext } from "../session-context.js";
import { panels } from "../view-registry.js";
import styles from "./inspector.module.css";

/** The right side: tabs and cards of the stage. */
export function Inspector() {
  const { shown } = useSessionContext();
  const { stage } = shown;
  const [chosen, setChosen] = useState<Partial<Record<Stage, string>>>({});
  const here = panels.filter(({ stages }) => stages.includes(stage));
  const tabs = here.filter(({ place }) => place === "tab");
  const cards = here.filter(({ place }) => place === "card");
  const current = tabs.find(({ id }) => id === chosen[stage]) ?? tabs[0];
  const first = current === tabs[0];
  return (
    <aside className={styles["inspector"]} aria-label="Inspector" id="inspector" tabIndex={-1}>
      <div className={styles["tabs"]} role="tablist" aria-label="Inspector">
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-controls="inspector-body"
            className={styles["tab"]}
            aria-selected={id === current?.id}
            onClick={() => setChosen({ ...chosen, [stage]: id })}
          >
            {title}
          </button>
        ))}
      </div>
      <div className={styles["body"]} role="tabpanel" id="inspector-body" aria-labelledby={current && `tab-${current.id}`}>
        {current !== undefined && <current.component session={shown} />}
        {first &&
          cards.map(({ id, component: Card }) => (
            <div key={id} className={styles["card"]}>
              <Card session={shown} />
            </div>
          ))}
      </div>
    </aside>
  );
}
