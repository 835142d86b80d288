import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { TimelineEntry } from "../../session/session-state.js";
import { type UndoOffer, undoOfferOf } from "../../session/undo-offer.js";
import { useSessionState } from "../../session/use-view-session.js";
import { IconAction } from "../../ui/icon-action.js";
import { TextButton } from "../../ui/text-button.js";
import { useSessionContext } from "../session-context.js";
import styles from "./undo-toast.module.css";

const SHOWN_MS = 10_000;

/** After classes were merged, removed or clustered anew: what was done, with Undo. The status line says it to screen readers. */
export function UndoToast() {
  const { session } = useSessionContext();
  const offer = useSessionState(session, (state) => ({ ...undoOfferOf(state) }));
  const [closed, setClosed] = useState<TimelineEntry>();
  const { entry, before } = offer;
  if (entry === undefined || before === undefined || entry === closed) return null;
  return <Offered key={entry.id} entry={entry} onUndo={() => void session.actions.goTo(before)} onClose={setClosed} />;
}

interface OfferedProps {
  readonly entry: UndoOffer["entry"];
  onUndo(): void;
  onClose(entry: TimelineEntry): void;
}

/** Goes by itself after a while, but not from under the pointer or the focus. */
function Offered({ entry, onUndo, onClose }: OfferedProps) {
  const [over, setOver] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = over || focused;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => onClose(entry), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, entry, onClose]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set
    <div
      className={styles["toast"]}
      role="group"
      aria-label="Last edit"
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <span>{entry.sentence}</span>
      <TextButton offered={false} onClick={onUndo}>
        Undo
      </TextButton>
      <IconAction icon={IconX} label="Close" offered={false} onClick={() => onClose(entry)} />
    </div>
  );
}
