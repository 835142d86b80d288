import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { isOwnWork } from "../../session/saved-page.js";
import type { Session } from "../../session/session.js";
import type { StoredSession } from "../../session/storage.js";
import { IconAction } from "../../ui/icon-action.js";
import { useSessionContext } from "../session-context.js";
import { openStored } from "../start-up.js";
import styles from "./start.module.css";

/** Sessions that this browser keeps, newest first. */
export function RecentSessions() {
  const { session, kept } = useSessionContext();
  const [list, setList] = useState<readonly StoredSession[]>([]);
  useEffect(() => {
    void kept?.storage.list().then(
      (all) => setList(all.filter(({ page }) => isOwnWork(page) || page.classes === 0 || page.name.includes("."))),
      () => setList([]),
    );
  }, [kept]);
  if (kept === undefined || list.length === 0) return null;
  const { storage, saving } = kept;
  const remove = (id: string): void => {
    setList(list.filter((other) => other.id !== id));
    void storage.remove(id);
  };
  return (
    <div>
      <div className={styles["heading"]}>
        <h2>Recent</h2>
        <span>saved in this browser</span>
      </div>
      {list.slice(0, 4).map((stored) => (
        <div key={stored.id} className={styles["recent"]}>
          <button
            type="button"
            className={styles["row"]}
            onClick={() => {
              session.store.setState({ onStart: false });
              void openStored(session, storage, saving, stored).then((isOpen) => !isOpen && sayGone(session, stored));
            }}
          >
            <span className={styles["picture"]}>
              {stored.picture !== undefined && <img src={stored.picture} alt="" width={48} height={32} />}
            </span>
            <span>
              <strong>{stored.page.name}</strong>
              <small>{wordsOf(stored)}</small>
            </span>
          </button>
          <IconAction icon={IconX} label={`Forget ${stored.page.name}`} onClick={() => remove(stored.id)} />
        </div>
      ))}
    </div>
  );
}

/** Unless what went wrong is told already. */
function sayGone({ store, actions }: Session, { page }: StoredSession): void {
  if (store.getState().problem !== undefined) return;
  store.setState(({ image }) => ({ onStart: image === undefined }));
  actions.say(`The browser does not keep the file of ${page.name} any more. Open it again.`);
}

function wordsOf({ page: { classes, applied, savedAt } }: StoredSession): string {
  const found = classes === 0 ? "not analysed yet" : `${classes} classes`;
  const edits = applied === 0 ? "" : ` · ${applied} edit${applied === 1 ? "" : "s"}`;
  return `${found}${edits} · ${new Date(savedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}`;
}
